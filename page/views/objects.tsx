import type { IslandEnd, IslandObject } from '../../src/report/view/island/types.ts';
import { formatAddress } from '../address.ts';
import { type Item, kindWordOf } from '../data.ts';
import { byText, found, type Order, passes, sorted, wordsOf } from '../filter.ts';
import { List } from '../list.tsx';
import { SideBySide } from '../parts/comparison.tsx';
import { Facets } from '../parts/facets.tsx';
import { FindingLink } from '../parts/finding.tsx';
import { Column, LeftOut, NoMatch, Nothing, SortColumn } from '../parts/head.tsx';
import { Icon } from '../parts/icons.tsx';
import { Id, SeverityMark, StateMark } from '../parts/words.tsx';
import { useStore } from '../state.tsx';
import { count, countOf, SEVERITY_ORDER, STATE_ORDER, STATE_WORDS } from '../words.ts';

const rank = ({ of }: Item<IslandObject>) =>
  of.worst === '' ? SEVERITY_ORDER.length + (of.state === 'same' ? 1 : 0) : SEVERITY_ORDER.indexOf(of.worst);

const ORDERS: Readonly<Record<string, Order<Item<IslandObject>>>> = {
  worst: (a, b) => rank(a) - rank(b),
  state: (a, b) => STATE_ORDER.indexOf(a.of.state) - STATE_ORDER.indexOf(b.of.state),
  name: (a, b) => byText(a.of.name, b.of.name),
  kind: (a, b) => byText(a.of.kind, b.of.kind) || byText(a.of.name, b.of.name),
  vpc: (a, b) => byText(a.of.scope, b.of.scope) || byText(a.of.name, b.of.name),
  findings: (a, b) => a.of.findings.length - b.of.findings.length,
};

export function Objects() {
  const { data, address } = useStore();
  const { objects, island } = data;
  const hits = found(objects, wordsOf(address.q));
  const matching = hits.filter((item) => passes(item, address.facets));
  const items = sorted(matching, address.sort === '' ? 'worst' : address.sort, ORDERS);
  if (island.omitted.includes('objects')) return <LeftOut what="The objects" />;
  if (objects.length === 0) return <Nothing title="No objects." text="No object of either side was read." />;
  return (
    <>
      <Facets
        items={hits}
        first={{
          facet: 'state',
          label: 'State',
          values: STATE_ORDER,
          mark: (value) => STATE_WORDS[value as never]?.[1] ?? value,
        }}
        menus={{
          severity: { label: 'Worst finding', wordsOf: (value) => value },
          kind: { label: 'Kind', wordsOf: (value) => kindWordOf(island, value) },
          vpc: { label: 'VPC', wordsOf: (value) => value },
        }}
        counted={countOf(items.length, objects.length, 'object')}
      />
      {items.length === 0 ? (
        <NoMatch what="object" />
      ) : (
        <List
          label="Objects"
          className="o"
          items={items}
          keyOf={(item) => item.key}
          openKey={address.id}
          head={
            <>
              <SortColumn column="state" label="State" />
              <SortColumn column="name" label="Name" />
              <SortColumn column="kind" label="Kind" />
              <SortColumn column="vpc" label="VPC" />
              <Column label={island.source.heading} className="x" />
              <Column label={island.target.heading} className="x" />
              <SortColumn column="worst" label="Worst" />
              <SortColumn column="findings" label="Findings" numeric className="r" />
              <Column label={<span class="sr">Open</span>} />
            </>
          }
          row={(item) => <Row item={item} />}
          detail={(item) => <Detail item={item} />}
        />
      )}
      <p class="rest">
        Every object of both sides is in exactly one row.
        {island.unlistedObjects > 0
          ? ` ${count(island.unlistedObjects, 'more object is', 'more objects are')} the same on both sides without a finding, and in report.json alone.`
          : ''}
      </p>
    </>
  );
}

function Row({ item }: { readonly item: Item<IslandObject> }) {
  const { data, address } = useStore();
  const { state, name, kind, scope, source, target, worst, findings } = item.of;
  const open = address.id === item.key;
  return (
    <>
      <div role="cell" class="c-state">
        <StateMark of={state} />
      </div>
      <div role="cell" class="c-name">
        <a
          class="to"
          role="button"
          aria-expanded={open}
          href={formatAddress({ ...address, id: open ? '' : item.key })}
        >
          <bdi>{name}</bdi>
        </a>
      </div>
      <div role="cell" class="muted c-kind">
        {data.island.kinds[kind].one}
      </div>
      <div role="cell" class="muted c-vpc">
        <bdi>{scope}</bdi>
      </div>
      <End of={source} />
      <End of={target} />
      <div role="cell" class="c-sev">
        {worst === '' ? '' : <SeverityMark of={worst} />}
      </div>
      <div role="cell" class="r num muted c-n">
        {findings.length > 0 ? findings.length : ''}
      </div>
      <div role="cell" class="chev">
        <Icon name="right" />
      </div>
    </>
  );
}

function End({ of: end }: { readonly of: IslandEnd | null }) {
  return (
    <div role="cell" class="x">
      {end === null ? (
        <span class="muted">none</span>
      ) : (
        <span class="mono muted">
          <Id of={end.id} />
        </span>
      )}
    </div>
  );
}

const STRENGTHS = { strong: 'certain', medium: 'likely', weak: 'not certain' } as const;

function Detail({ item }: { readonly item: Item<IslandObject> }) {
  const { data } = useStore();
  const { findings, pairedBy, strength, basis, source, target, state, note } = item.of;
  const comparison = data.details.compared(item.at);
  return (
    <>
      {findings.length > 0 ? (
        <ul class="items">
          {findings.map((at) => (
            <FindingLink key={at} at={at} withObject={false} />
          ))}
        </ul>
      ) : (
        <p class="prose">{state === 'same' ? 'No difference was found.' : 'No finding is about it.'}</p>
      )}
      {comparison ? (
        <div class="sect">
          <SideBySide object={item.of} comparison={comparison} />
        </div>
      ) : (
        <>
          {data.island.omitted.includes('comparisons') ? (
            <p class="muted">Side-by-side comparisons are left out of this page: it was limited in size.</p>
          ) : null}
          <dl class="ids sect">
            {(['source', 'target'] as const).map((side) => {
              const end = side === 'source' ? source : target;
              return end === null ? null : (
                <EndIds key={side} heading={data.island[side].heading} end={end} />
              );
            })}
          </dl>
        </>
      )}
      {note === '' ? null : <p class="sect">{note}</p>}
      {pairedBy === '' ? null : (
        <p class="muted sect">
          Paired by {pairedBy}
          {strength === '' ? '' : `: ${STRENGTHS[strength]}`}. {basis}
        </p>
      )}
    </>
  );
}

function EndIds({ heading, end }: { readonly heading: string; readonly end: IslandEnd }) {
  return (
    <>
      <dt>{heading}</dt>
      <dd>
        <span class="mono">{end.id}</span>
        {end.alias === '' ? '' : `, named ${end.alias}`}
      </dd>
    </>
  );
}
