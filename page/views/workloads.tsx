import type { IslandChain, IslandWorkload } from '../../src/report/view/island/types.ts';
import type { PartState } from '../../src/report/vocabulary.ts';
import { formatAddress, START } from '../address.ts';
import { type Item, kindWordOf } from '../data.ts';
import { found, passes, wordsOf } from '../filter.ts';
import { List } from '../list.tsx';
import { Facets } from '../parts/facets.tsx';
import { Column, LeftOut, NoMatch, Nothing } from '../parts/head.tsx';
import { Icon, type IconName } from '../parts/icons.tsx';
import { Section } from '../parts/section.tsx';
import { Id, Sentence, VerdictMark } from '../parts/words.tsx';
import { useStore } from '../state.tsx';
import { capital, countOf, VERDICT_ORDER } from '../words.ts';

const PART_ICONS = {
  fine: 'ok',
  degrades: 'degraded',
  stops: 'blocked',
  unknown: 'unknown',
  'does-not-apply': 'none',
  'not-looked-at': 'unseen',
} as const satisfies Record<PartState, IconName>;

const PART_WORDS = {
  fine: 'fine',
  degrades: 'degrades it',
  stops: 'stops the launch',
  unknown: 'could not be read',
  'does-not-apply': 'does not apply',
  'not-looked-at': 'not looked at',
} as const satisfies Record<PartState, string>;

const LEGEND: readonly PartState[] = [
  'fine',
  'degrades',
  'stops',
  'unknown',
  'does-not-apply',
  'not-looked-at',
];

export function Workloads() {
  const { data, address } = useStore();
  const { workloads, island } = data;
  const hits = found(workloads, wordsOf(address.q));
  const items = hits.filter((item) => passes(item, address.facets));
  const states = new Set(island.workloads.flatMap((w) => w.parts.map((p) => p.state)));
  if (island.omitted.includes('workloads')) return <LeftOut what="The workloads" />;
  if (workloads.length === 0)
    return (
      <Nothing
        title="No workloads."
        text="No instance, launch template, launch configuration, Auto Scaling group or stack was read."
      />
    );
  const parts = island.workloads.some((w) => w.parts.length > 0) ? island.parts : [];
  /** A part that was looked at for no workload has its head in italics. */
  const unseen = (at: number) =>
    island.workloads.every((w) =>
      ['not-looked-at', 'does-not-apply'].includes(w.parts[at]?.state ?? 'does-not-apply'),
    );
  return (
    <>
      <Facets
        items={hits}
        first={{
          facet: 'verdict',
          label: 'Verdict',
          values: VERDICT_ORDER,
          mark: (value) => {
            const verdict = VERDICT_ORDER.find((v) => v === value) ?? 'unknown';
            return (
              <>
                <VerdictMark of={verdict} /> {capital(value)}
              </>
            );
          },
        }}
        menus={{ kind: { label: 'Kind', wordsOf: (value) => kindWordOf(island, value) } }}
        counted={countOf(items.length, workloads.length, 'workload')}
      />
      {items.length === 0 ? <NoMatch what="workload" /> : null}
      {parts.length > 0 && items.length > 0 ? (
        <div class="keyline">
          {LEGEND.filter((state) => states.has(state)).map((state) => (
            <span key={state} class={`m ${state}`}>
              <Icon name={PART_ICONS[state]} />
              <span class="muted">{PART_WORDS[state]}</span>
            </span>
          ))}
        </div>
      ) : null}
      {items.length === 0 ? null : (
        <List
          label="Workloads"
          className={parts.length > 0 ? 'w' : 'w plain'}
          items={items}
          keyOf={(item) => item.key}
          openKey={address.id}
          head={
            <>
              <Column label="Verdict" />
              <Column label="Workload" />
              <Column label="Because" className="ch" />
              {parts.map(({ part, label }, at) => (
                <Column
                  key={part}
                  label={label}
                  className={unseen(at) ? 'm off' : 'm'}
                  title={unseen(at) ? 'not looked at in this run' : 'looked at'}
                />
              ))}
              <Column label={<span class="sr">Open</span>} />
            </>
          }
          row={(item) => <Row item={item} />}
          detail={(item) => <Detail of={item.of} />}
        />
      )}
    </>
  );
}

function Row({ item }: { readonly item: Item<IslandWorkload> }) {
  const { data, address } = useStore();
  const { verdict, name, kind, side, parts } = item.of;
  const open = address.id === item.key;
  return (
    <>
      <div role="cell" class={`verd v-${verdict}`}>
        <Icon name={verdict} />
        {capital(verdict)}
      </div>
      <div role="cell" class="c-name">
        <a
          class="to"
          role="button"
          aria-expanded={open}
          href={formatAddress({ ...address, id: open ? '' : item.key })}
        >
          <bdi>{name}</bdi>
        </a>{' '}
        <span class="muted">
          {data.island.kinds[kind].one}
          {side === '' ? '' : `, ${side}`}
        </span>
      </div>
      <div role="cell" class="ch muted">
        <Because of={item.of} />
      </div>
      {parts.map(({ state, what }, at) => {
        const label = `${data.island.parts[at]?.label ?? ''}: ${PART_WORDS[state]}`;
        return (
          <div
            key={data.island.parts[at]?.part}
            role="cell"
            class={`m ${state}`}
            title={what === '' ? label : `${label} (${what})`}
          >
            <Icon name={PART_ICONS[state]} label={label} />
          </div>
        );
      })}
      <div role="cell" class="chev">
        <Icon name="right" />
      </div>
    </>
  );
}

/** The worst chain on one line: its end is what matters. */
function Because({ of: { chains, moreChains, verdict } }: { readonly of: IslandWorkload }) {
  const [first] = chains;
  if (!first)
    return <span class="lead">{verdict === 'unknown' ? 'what decides it could not be read' : ''}</span>;
  const rest = chains.length - 1 + moreChains;
  const before = first.steps.slice(0, -1).join(' → ');
  return (
    <>
      {before === '' ? null : (
        <span class="lead" title={before}>
          {before} →
        </span>
      )}
      <span class="last" title={first.steps.at(-1)}>
        {first.steps.at(-1)}
      </span>
      {rest > 0 ? <span class="plus">+{rest}</span> : null}
    </>
  );
}

function Detail({ of: workload }: { readonly of: IslandWorkload }) {
  const { data } = useStore();
  const { chains, moreChains, verdict, fixes, id, parts } = workload;
  return (
    <div class="two">
      <div>
        <Section title="Because">
          {chains.length === 0 ? (
            <p class="prose">
              {verdict === 'unknown'
                ? 'What decides it could not be read. Coverage states what, and why.'
                : 'Everything that the launch names and that was looked at exists on the target.'}
            </p>
          ) : (
            <ul class="items">
              {chains.map((chain) => (
                <Chain key={chain.steps.join('\n')} of={chain} />
              ))}
            </ul>
          )}
          {moreChains > 0 ? <p class="muted">and {moreChains} more, in report.json</p> : null}
        </Section>
        {fixes.length > 0 ? (
          <Section title="What to do">
            <ul class="items">
              {fixes.map((at) => (
                <li key={at} class="plain">
                  <a href={formatAddress({ ...START, view: 'fixes', id: data.fixes[at]?.key ?? '' })}>
                    Fix {at + 1}
                  </a>
                  <span>
                    <Sentence of={data.island.fixes[at]?.title ?? ''} />
                  </span>
                </li>
              ))}
            </ul>
          </Section>
        ) : null}
        <dl class="ids sect">
          <dt>Id</dt>
          <dd class="mono">
            <Id of={id} />
          </dd>
        </dl>
      </div>
      {parts.length > 0 ? (
        <Section title="What was looked at">
          <dl class="looked">
            {parts.map(({ state, what }, at) => (
              <LookedAt
                key={data.island.parts[at]?.part}
                label={data.island.parts[at]?.label ?? ''}
                state={state}
                what={what}
              />
            ))}
          </dl>
        </Section>
      ) : null}
    </div>
  );
}

function LookedAt({
  label,
  state,
  what,
}: {
  readonly label: string;
  readonly state: PartState;
  readonly what: string;
}) {
  return (
    <>
      <dt>{label}</dt>
      <dd class={state === 'not-looked-at' || state === 'does-not-apply' ? 'muted' : ''}>
        <span class={`m ${state}`}>
          <Icon name={PART_ICONS[state]} />
        </span>
        <span>
          {what === '' ? PART_WORDS[state] : <Sentence of={what} />}
          {what === '' || state === 'fine' ? null : <span class="muted"> ({PART_WORDS[state]})</span>}
        </span>
      </dd>
    </>
  );
}

function Chain({ of: { verdict, steps, findings } }: { readonly of: IslandChain }) {
  const { data } = useStore();
  const [at] = findings;
  const finding = at === undefined ? undefined : data.findings[at];
  return (
    <li class="chain">
      <VerdictMark of={verdict} />
      {steps.map((step, i) => (
        <span key={i}>
          {i > 0 ? <span class="arrow">→ </span> : null}
          {i === steps.length - 1 && finding ? (
            <a href={formatAddress({ ...START, view: 'findings', id: finding.key })}>
              <Sentence of={step} />
            </a>
          ) : (
            <Sentence of={step} />
          )}
        </span>
      ))}
    </li>
  );
}
