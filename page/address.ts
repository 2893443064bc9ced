/** The address of a view: `#/view[/id][?q=…&facet=a,b&sort=[-]column&info=1]`. All of a filtered view is in it, so that it can be sent. */

export const VIEWS = ['fixes', 'workloads', 'findings', 'objects', 'families', 'coverage'] as const;
export type View = (typeof VIEWS)[number];

export const FACETS = ['severity', 'verdict', 'kind', 'state', 'status', 'vpc', 'rule', 'workload'] as const;
export type Facet = (typeof FACETS)[number];
export type Chosen = Readonly<Partial<Record<Facet, readonly string[]>>>;

export interface Address {
  readonly view: View;
  /** What is open: the id of a fix, a fingerprint, the key of a workload or an object. */
  readonly id: string;
  readonly q: string;
  readonly facets: Chosen;
  /** A column, descending with a `-` before it; empty for the order of the report. */
  readonly sort: string;
  /** Whether findings of severity info are listed. */
  readonly info: boolean;
}

export const START: Address = { view: 'fixes', id: '', q: '', facets: {}, sort: '', info: false };

/** What changed since the baseline: where a report of phase drift begins. */
export const CHANGED = ['new', 'worsened', 'resolved'] as const;

/** Where the page begins: with the fix list; in phase drift with the findings, and of these with what changed, if anything did. */
export function startOf(phase: string, statuses: readonly string[]): Address {
  if (phase !== 'drift') return START;
  const changed = CHANGED.filter((status) => statuses.includes(status));
  return { ...START, view: 'findings', facets: changed.length > 0 ? { status: changed } : {} };
}

/** Reads an address. Any other text is the address of the start; `#FINGERPRINT` alone is that of the finding. */
export function parseAddress(
  hash: string,
  isFingerprint: (text: string) => boolean,
  start: Address = START,
): Address {
  const raw = hash.replace(/^#\/?/, '');
  const at = raw.indexOf('?');
  const [path, query] = at < 0 ? [raw, ''] : [raw.slice(0, at), raw.slice(at + 1)];
  const slash = path.indexOf('/');
  const [first, rest] = slash < 0 ? [path, ''] : [path.slice(0, slash), path.slice(slash + 1)];
  if (isFingerprint(decoded(path))) return { ...START, view: 'findings', id: decoded(path) };
  const view = VIEWS.find((known) => known === first);
  if (!view) return start;
  const values = parametersOf(query);
  const facets = Object.fromEntries(
    FACETS.flatMap((facet) => {
      const chosen = (values.get(facet) ?? '').split(',').map(decoded).filter(Boolean);
      return chosen.length > 0 ? [[facet, chosen]] : [];
    }),
  );
  return {
    view,
    id: decoded(rest),
    q: decoded(values.get('q') ?? ''),
    facets,
    sort: /^-?[a-z]+$/.test(values.get('sort') ?? '') ? (values.get('sort') ?? '') : '',
    info: values.get('info') === '1',
  };
}

/** Not URLSearchParams: a comma between values and a comma within one must stay apart. */
function parametersOf(query: string): Map<string, string> {
  return new Map(
    query.split('&').map((part) => {
      const at = part.indexOf('=');
      return at < 0 ? [part, ''] : [part.slice(0, at), part.slice(at + 1).replaceAll('+', '%20')];
    }),
  );
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export function formatAddress({ view, id, q, facets, sort, info }: Address): string {
  const query = [
    ...(q === '' ? [] : [`q=${encodeURIComponent(q)}`]),
    ...FACETS.flatMap((facet) => {
      const chosen = facets[facet] ?? [];
      return chosen.length > 0 ? [`${facet}=${chosen.map(encodeURIComponent).join(',')}`] : [];
    }),
    ...(sort === '' ? [] : [`sort=${sort}`]),
    ...(info ? ['info=1'] : []),
  ].join('&');
  const path = id === '' ? '' : `/${encodeURIComponent(id).replaceAll('%2F', '/').replaceAll('%3A', ':')}`;
  return `#/${view}${path}${query === '' ? '' : `?${query}`}`;
}

/** Another view keeps the search, and drops what belongs to the view that is left. */
export function toView(from: Address, view: View, id = ''): Address {
  return from.view === view ? { ...from, id } : { ...START, view, id, q: from.q };
}

/** The same view with a value of a facet chosen or not. */
export function toggled(from: Address, facet: Facet, value: string): Address {
  const chosen = from.facets[facet] ?? [];
  const next = chosen.includes(value) ? chosen.filter((v) => v !== value) : [...chosen, value];
  return { ...from, id: '', facets: { ...from.facets, [facet]: next } };
}
