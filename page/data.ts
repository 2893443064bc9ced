import type {
  Comparison,
  FindingDetail,
  Island,
  IslandFinding,
  IslandFix,
  IslandObject,
  IslandWorkload,
} from '../src/report/view/island/types.ts';
import type { Filterable } from './filter.ts';

/** The report as the page works with it: every item with its key, what it offers to facets, and the text that is searched. */
export interface Data {
  readonly island: Island;
  readonly details: DetailsBy;
  readonly fixes: readonly Item<IslandFix>[];
  readonly workloads: readonly Item<IslandWorkload>[];
  readonly findings: readonly Item<IslandFinding>[];
  readonly objects: readonly Item<IslandObject>[];
}

/** What an open detail shows, by the position of its finding or object. */
export interface DetailsBy {
  readonly finding: (at: number) => FindingDetail | undefined;
  readonly compared: (at: number) => Comparison | undefined;
}

export interface Item<T> extends Filterable {
  /** What the address calls it. */
  readonly key: string;
  /** Its position in the report's order. */
  readonly at: number;
  readonly of: T;
}

export function dataOf(island: Island, details: DetailsBy): Data {
  const kind = (of: { readonly kind: keyof Island['kinds'] }) => island.kinds[of.kind].one;
  const workloadKeys = uniqueKeys(island.workloads.map((w) => `${w.kind}:${w.name}`));
  const objectKeys = uniqueKeys(
    island.objects.map((o) => `${o.kind}:${o.scope === '' ? '' : `${o.scope}/`}${o.name}`),
  );
  const findingKeys = uniqueKeys(island.findings.map((f) => f.fingerprint));
  return {
    island,
    details,
    fixes: island.fixes.map((of, at) => ({
      key: of.id,
      at,
      of,
      facets: {},
      text: lazily(() => [of.title, of.remedy, ...of.workloads.map((w) => island.workloads[w]?.name ?? '')]),
    })),
    workloads: island.workloads.map((of, at) => ({
      key: workloadKeys[at] ?? '',
      at,
      of,
      facets: { verdict: [of.verdict], kind: [of.kind] },
      text: lazily(() => [
        of.name,
        kind(of),
        of.id,
        of.verdict,
        ...of.chains.flatMap((c) => c.steps),
        ...of.parts.map((p) => p.what),
      ]),
    })),
    findings: island.findings.map((of, at) => ({
      key: findingKeys[at] ?? '',
      at,
      of,
      facets: {
        severity: [of.severity],
        kind: [of.kind],
        state: stateOf(island, of),
        status: [of.status],
        vpc: of.scope === '' ? [] : [of.scope],
        rule: [island.rules[of.rule]?.id ?? ''],
        workload: of.workloads.map((w) => workloadKeys[w] ?? ''),
      },
      text: lazily(() => {
        const rule = island.rules[of.rule];
        const detail = details.finding(at);
        return [
          of.name,
          kind(of),
          of.scope,
          rule?.id ?? '',
          rule?.title ?? '',
          of.gist,
          of.fingerprint,
          detail?.message ?? '',
          detail?.sourceId ?? '',
          detail?.targetId ?? '',
        ];
      }),
    })),
    objects: island.objects.map((of, at) => ({
      key: objectKeys[at] ?? '',
      at,
      of,
      facets: {
        severity: of.worst === '' ? [] : [of.worst],
        kind: [of.kind],
        state: [of.state],
        vpc: of.scope === '' ? [] : [of.scope],
      },
      text: lazily(() => [
        of.name,
        kind(of),
        of.scope,
        of.note,
        ...[of.source, of.target].flatMap((end) => (end ? [end.id, end.alias] : [])),
        ...(details.compared(at)?.sections ?? []).flatMap((s) =>
          s.rows.flatMap((r) => [r.name, ...cellText(r.source), ...cellText(r.target)]),
        ),
      ]),
    })),
  };
}

function cellText(
  cell: { readonly columns: readonly string[]; readonly via: string } | null,
): readonly string[] {
  return cell ? [...cell.columns, cell.via] : [];
}

function stateOf(island: Island, { object }: IslandFinding): readonly string[] {
  const state = island.objects[object]?.state;
  return state ? [state] : [];
}

/** Made once, when something is first searched. */
function lazily(parts: () => readonly string[]): () => string {
  let text: string | undefined;
  return () => {
    text ??= parts().join(' ').toLowerCase();
    return text;
  };
}

/** Two of one key are distinguished by a number: `key-pair:web~2`. */
function uniqueKeys(keys: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return keys.map((key) => {
    const n = (seen.get(key) ?? 0) + 1;
    seen.set(key, n);
    return n === 1 ? key : `${key}~${n}`;
  });
}

/** The word of a kind; what an address names may be no kind. */
export function kindWordOf({ kinds }: Island, value: string): string {
  return Object.entries(kinds).find(([kind]) => kind === value)?.[1].one ?? value;
}
