import { type ComponentChildren, Fragment } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { type Facet, formatAddress, START, toggled } from '../address.ts';
import { type FacetCount, type Filterable, facetCounts } from '../filter.ts';
import { useStore } from '../state.tsx';
import { Icon } from './icons.tsx';

/** Menus longer than this get a field to search in them. */
const LONG_MENU = 12;
const MOST_VALUES = 200;

interface Words {
  readonly label: string;
  readonly wordsOf: (value: string) => string;
}

/** The filters of a list: one group of buttons, menus, and how many of how many are shown. */
export function Facets({
  items,
  first,
  menus,
  counted,
}: {
  /** Those that the search found. */
  readonly items: readonly Filterable[];
  readonly first: {
    readonly facet: Facet;
    readonly label: string;
    readonly values: readonly string[];
    readonly mark: (value: string) => ComponentChildren;
  };
  readonly menus: Readonly<Partial<Record<Facet, Words>>>;
  readonly counted: string;
}) {
  const { address } = useStore();
  const counts = new Map(facetCounts(items, first.facet, address.facets).map((c) => [c.value, c]));
  const filtered = address.q !== '' || Object.values(address.facets).some((v) => v.length > 0);
  return (
    <div class="facets">
      <div class="seg" role="group" aria-label={first.label}>
        {first.values.map((value) => (
          <a
            key={value}
            role="button"
            aria-pressed={counts.get(value)?.chosen ?? false}
            href={formatAddress(toggled(address, first.facet, value))}
          >
            {first.mark(value)} <span class="num muted">{counts.get(value)?.count ?? 0}</span>
          </a>
        ))}
      </div>
      {(Object.entries(menus) as [Facet, Words][]).map(([facet, words]) => (
        <Fragment key={facet}>
          <Menu facet={facet} words={words} counts={facetCounts(items, facet, address.facets)} />
        </Fragment>
      ))}
      {filtered ? (
        <a class="btn quiet" href={formatAddress({ ...START, view: address.view })}>
          Clear
        </a>
      ) : null}
      <span class="count num" role="status">
        {counted}
      </span>
    </div>
  );
}

/** A facet with fewer than two values is not drawn. */
function Menu({
  facet,
  words: { label, wordsOf },
  counts,
}: {
  readonly facet: Facet;
  readonly words: Words;
  readonly counts: readonly FacetCount[];
}) {
  const { address, go } = useStore();
  const box = useRef<HTMLDetailsElement>(null);
  const [q, setQ] = useState('');
  useEffect(() => {
    const outside = (event: Event) => {
      if (box.current?.open && !box.current.contains(event.target as Node)) box.current.open = false;
    };
    document.addEventListener('click', outside);
    return () => document.removeEventListener('click', outside);
  }, []);
  const chosen = counts.filter((c) => c.chosen);
  if (counts.length < 2 && chosen.length === 0) return null;
  const [only] = chosen;
  const title =
    chosen.length === 0
      ? label
      : `${label}: ${chosen.length === 1 && only ? wordsOf(only.value) : chosen.length}`;
  const wanted = q.trim().toLowerCase();
  const shown = counts.filter((c) => wanted === '' || wordsOf(c.value).toLowerCase().includes(wanted));
  return (
    <details class={chosen.length > 0 ? 'menu on' : 'menu'} ref={box} data-facet={facet}>
      <summary>
        <span>{title}</span>
        <Icon name="down" />
      </summary>
      <div>
        {counts.length > LONG_MENU ? (
          <input
            type="search"
            aria-label={`Search in ${label}`}
            placeholder={`Search in ${label}`}
            value={q}
            onInput={(event) => setQ(event.currentTarget.value)}
          />
        ) : null}
        {shown.slice(0, MOST_VALUES).map(({ value, count, chosen: on }) => (
          <label key={value}>
            <input
              type="checkbox"
              checked={on}
              onChange={() => go(toggled(address, facet, value), 'replace')}
            />
            <span title={wordsOf(value)}>{wordsOf(value)}</span>
            <span class="num">{count}</span>
          </label>
        ))}
        {shown.length > MOST_VALUES ? (
          <p class="muted">and {shown.length - MOST_VALUES} more: search for them</p>
        ) : null}
      </div>
    </details>
  );
}
