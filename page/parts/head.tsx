import type { ComponentChildren } from 'preact';
import { formatAddress } from '../address.ts';
import { nextSort } from '../filter.ts';
import { useStore } from '../state.tsx';
import { Icon } from './icons.tsx';

export function Column({
  label,
  className = '',
  title,
}: {
  readonly label: ComponentChildren;
  readonly className?: string;
  readonly title?: string;
}) {
  return (
    <div role="columnheader" class={className} title={title}>
      {label}
    </div>
  );
}

/** A head that sorts: ascending, descending, then the order of the report. */
export function SortColumn({
  column,
  label,
  numeric = false,
  className = '',
}: {
  readonly column: string;
  readonly label: string;
  readonly numeric?: boolean;
  readonly className?: string;
}) {
  const { address } = useStore();
  const { sort } = address;
  const on = sort.replace('-', '') === column;
  const descending = sort.startsWith('-');
  return (
    <div
      role="columnheader"
      class={className}
      aria-sort={on ? (descending ? 'descending' : 'ascending') : 'none'}
    >
      <a href={formatAddress({ ...address, id: '', sort: nextSort(sort, column, numeric) })}>
        {label}
        {on ? <Icon name={descending ? 'down' : 'up'} /> : null}
      </a>
    </div>
  );
}

/** Zero hits: what was searched, and the way back. */
export function NoMatch({ what }: { readonly what: string }) {
  const { address } = useStore();
  const filtered = Object.values(address.facets).some((v) => v.length > 0);
  return (
    <div class="empty">
      <b>No {what} matches.</b>
      {address.q === '' ? '' : `Nothing contains “${address.q}”${filtered ? ' within this filter' : ''}. `}
      <a href={formatAddress({ ...address, id: '', q: '', facets: {} })}>Show all</a>
    </div>
  );
}

/** In place of what a bound left out of the page: that it is not listed says nothing of the report. */
export function LeftOut({ what, are = true }: { readonly what: string; readonly are?: boolean }) {
  return (
    <div class="empty">
      <b>
        {what} {are ? 'are' : 'is'} left out of this page.
      </b>
      The page was limited in size. report.json has {are ? 'them' : 'it'}.
    </div>
  );
}

export function Nothing({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <div class="empty">
      <b>{title}</b>
      {text}
    </div>
  );
}
