import { useEffect, useRef } from 'preact/hooks';
import type { IslandFinding } from '../../src/report/view/island/types.ts';
import { formatAddress } from '../address.ts';
import { type Data, type Item, kindWordOf } from '../data.ts';
import { byText, found, type Order, passes, sorted, wordsOf } from '../filter.ts';
import { List } from '../list.tsx';
import { Facets } from '../parts/facets.tsx';
import { FindingDetail } from '../parts/finding.tsx';
import { LeftOut, NoMatch, Nothing, SortColumn } from '../parts/head.tsx';
import { SeverityMark } from '../parts/words.tsx';
import { useMedia, useStore, WIDE } from '../state.tsx';
import { ACTIVE, count, countOf, SEVERITY_ORDER, STATE_WORDS, STATUS_WORDS } from '../words.ts';

const severityRank = (item: Item<IslandFinding>) => SEVERITY_ORDER.indexOf(item.of.severity);

function ordersOf({ island }: Data): Readonly<Record<string, Order<Item<IslandFinding>>>> {
  const what = (item: Item<IslandFinding>) => island.rules[item.of.rule]?.short ?? '';
  return {
    severity: (a, b) => severityRank(a) - severityRank(b),
    object: (a, b) => byText(a.of.name, b.of.name) || severityRank(a) - severityRank(b),
    finding: (a, b) => byText(what(a), what(b)) || severityRank(a) - severityRank(b),
    used: (a, b) => a.of.usedBy - b.of.usedBy,
  };
}

/** What is listed: without a filter neither what is of severity info nor what is no finding of this run. */
function listed(
  data: Data,
  hits: readonly Item<IslandFinding>[],
  state: ReturnType<typeof useStore>['address'],
) {
  const matching = hits.filter((item) => passes(item, state.facets));
  const chosenStatus = (state.facets.status ?? []).length > 0;
  const current = chosenStatus ? matching : matching.filter((item) => ACTIVE.includes(item.of.status));
  const folds = !state.info && (state.facets.severity ?? []).length === 0 && state.q === '' && !chosenStatus;
  const items = folds
    ? current.filter((item) => item.of.severity !== 'info' || item.key === state.id)
    : current;
  return {
    items: sorted(items, state.sort, ordersOf(data)),
    folded: current.length - items.length,
    others: matching.filter((item) => !current.includes(item)),
    total: data.findings.filter((item) => ACTIVE.includes(item.of.status)).length,
  };
}

export function Findings() {
  const { data, address } = useStore();
  const { findings, island } = data;
  const wide = useMedia(WIDE);
  const hits = found(findings, wordsOf(address.q));
  const { items, folded, others, total } = listed(data, hits, address);
  if (island.omitted.includes('findings')) return <LeftOut what="The findings" />;
  if (findings.length === 0)
    return (
      <Nothing
        title="No findings."
        text={
          data.objects.length === 0 && island.complete && !island.omitted.includes('objects')
            ? 'Neither side has an object that could be compared.'
            : island.complete
              ? 'Everything was compared, and no rule found anything.'
              : 'Nothing that could be read differs. Coverage states what could not be read.'
        }
      />
    );
  const open = items.find((item) => item.key === address.id);
  const shown = open ?? (wide ? items[0] : undefined);
  return (
    <>
      <Facets
        items={hits}
        first={{
          facet: 'severity',
          label: 'Severity',
          values: SEVERITY_ORDER,
          mark: (value) => <SeverityMark of={SEVERITY_ORDER.find((s) => s === value) ?? 'info'} />,
        }}
        menus={{
          kind: { label: 'Kind', wordsOf: (value) => kindWordOf(island, value) },
          state: { label: 'State', wordsOf: (value) => STATE_WORDS[value as never]?.[1] ?? value },
          status: { label: 'Status', wordsOf: (value) => STATUS_WORDS[value as never] ?? value },
          vpc: { label: 'VPC', wordsOf: (value) => value },
          rule: {
            label: 'Rule',
            wordsOf: (value) => island.rules.find((rule) => rule.id === value)?.title ?? value,
          },
          workload: { label: 'Workload', wordsOf: (value) => workloadWords(data, value) },
        }}
        counted={countOf(items.length, Math.max(total, items.length), 'finding')}
      />
      {items.length + folded === 0 ? <NoMatch what="finding" /> : null}
      <div class="split">
        <div>
          {items.length === 0 ? null : (
            <List
              label="Findings"
              className="f"
              items={items}
              keyOf={(item) => item.key}
              openKey={wide ? '' : (open?.key ?? '')}
              head={
                <>
                  <SortColumn column="severity" label="Severity" />
                  <SortColumn column="object" label="Object" />
                  <SortColumn column="finding" label="Finding" />
                  <SortColumn column="used" label="Used by" numeric className="r" />
                </>
              }
              row={(item) => <Row item={item} shown={item === shown} wide={wide} />}
              detail={(item) => <FindingDetail of={item} />}
            />
          )}
          <Rest folded={folded} others={others.length} />
        </div>
        {wide && shown ? <Pane key={shown.key} of={shown} /> : null}
      </div>
    </>
  );
}

function workloadWords(data: Data, key: string): string {
  const item = data.workloads.find((w) => w.key === key);
  return item ? `${item.of.name} (${data.island.kinds[item.of.kind].one})` : key;
}

/** What is not listed, and the way to it. */
function Rest({ folded, others }: { readonly folded: number; readonly others: number }) {
  const { address, data } = useStore();
  const notCurrent = ['waived', 'resolved', 'unchecked'];
  return (
    <>
      {folded > 0 ? (
        <p class="rest">
          {count(folded, 'info finding is', 'info findings are')} not listed.{' '}
          <a href={formatAddress({ ...address, info: true })}>Show</a>
        </p>
      ) : address.info ? (
        <p class="rest">
          <a href={formatAddress({ ...address, info: false })}>Hide info findings</a>
        </p>
      ) : null}
      {others > 0 ? (
        <p class="rest">
          {count(others, 'finding')} waived, resolved or unchecked.{' '}
          <a href={formatAddress({ ...address, id: '', facets: { ...address.facets, status: notCurrent } })}>
            Show
          </a>
        </p>
      ) : null}
      {data.island.unlistedFindings > 0 ? (
        <p class="rest">
          {count(data.island.unlistedFindings, 'more finding is', 'more findings are')} in report.json.
        </p>
      ) : null}
    </>
  );
}

function Row({
  item,
  shown,
  wide,
}: {
  readonly item: Item<IslandFinding>;
  readonly shown: boolean;
  readonly wide: boolean;
}) {
  const { data, address } = useStore();
  const { severity, name, kind, rule, gist, usedBy, status } = item.of;
  const isOpen = address.id === item.key;
  // Of most findings it need not be said.
  const plain = data.island.phase === 'drift' ? 'persisting' : 'new';
  return (
    <>
      <div role="cell" class={shown ? 'c-sev shown' : 'c-sev'}>
        <SeverityMark of={severity} />
      </div>
      <div role="cell" class="c-name">
        <a
          class="to"
          {...(wide
            ? { 'aria-current': shown ? ('true' as const) : undefined }
            : { 'aria-expanded': isOpen, role: 'button' as const })}
          href={formatAddress({ ...address, id: !wide && isOpen ? '' : item.key })}
        >
          <bdi>{name}</bdi>
        </a>{' '}
        <span class="muted">{data.island.kinds[kind].one}</span>
      </div>
      <div role="cell" class="what c-what">
        {status === plain ? null : <span class="status">{status} · </span>}
        <b>{data.island.rules[rule]?.short}</b> {gist}
      </div>
      <div role="cell" class="r num muted">
        {usedBy > 0 ? usedBy : ''}
      </div>
    </>
  );
}

/** The detail beside the list, with a separate scroll. */
function Pane({ of: item }: { readonly of: Item<IslandFinding> }) {
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    const resize = () => {
      if (!box.current) return;
      const top = Math.max(box.current.getBoundingClientRect().top, 0);
      box.current.style.maxHeight = `${innerHeight - top - 16}px`;
    };
    resize();
    addEventListener('scroll', resize, { passive: true });
    addEventListener('resize', resize);
    return () => {
      removeEventListener('scroll', resize);
      removeEventListener('resize', resize);
    };
  }, []);
  return (
    <aside class="pane" aria-label="Finding" tabIndex={0} ref={box}>
      <FindingDetail of={item} />
    </aside>
  );
}
