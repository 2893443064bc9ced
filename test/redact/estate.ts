import type { Comparison } from '../../src/comparator/compare.ts';
import type { Snapshot } from '../../src/inventory/snapshot.ts';
import { compareWithPlan } from '../../src/plan/audited.ts';
import type { Report } from '../../src/report/model.ts';
import { SCOPES } from '../../src/report/vocabulary.ts';
import { demoSide } from '../kit/demo.ts';

const sides = Promise.all([demoSide('source'), demoSide('target')]);

/** Fields that hold what a person or a tool of theirs named or wrote. */
const NAMED: ReadonlySet<string> = new Set(
  `name description keyName profile placementGroup launchConfiguration resource logicalId map second stateReason`.split(
    ' ',
  ),
);
/** Those of AWS: what they hold is the same in every account. */
const OF_AWS: ReadonlySet<string> = new Set(['quotas', 'imageSettings', 'gaps', 'failure', 'lookUps']);

function isNamed(text: string): boolean {
  return text !== '' && text !== 'default' && !/^(?:aws:|arn:|AWS::|ami-|sg-|com\.amazonaws)/.test(text);
}

/** Every name, description and tag of the demo estate, each once, in the order of the files. */
export async function namesOfDemo(): Promise<string[]> {
  const names = new Set<string>();
  const visit = (value: unknown, field: string): void => {
    if (OF_AWS.has(field)) return;
    if (typeof value === 'string') {
      if ((NAMED.has(field) || field === 'tags') && isNamed(value)) names.add(value);
    } else if (Array.isArray(value)) for (const item of value) visit(item, field);
    else if (typeof value === 'object' && value !== null)
      for (const [key, item] of Object.entries(value)) {
        if (field === 'tags' && isNamed(key)) names.add(key);
        visit(item, field === 'tags' ? field : key);
      }
  };
  for (const side of await sides) visit(side, '');
  return [...names];
}

/** The audit of the demo estate, with other names on both sides. Names at the end of an ARN are replaced too. */
export async function renamedReport(
  rename: ReadonlyMap<string, string>,
  more: Partial<Comparison> & { readonly changeTarget?: (target: Snapshot) => Snapshot } = {},
): Promise<Report> {
  const other = (text: string): string => {
    const at = text.startsWith('arn:') ? text.lastIndexOf('/') + 1 : 0;
    return text.slice(0, at) + (rename.get(text.slice(at)) ?? text.slice(at));
  };
  const visit = (value: unknown, field: string): unknown => {
    if (OF_AWS.has(field)) return value;
    if (typeof value === 'string') return other(value);
    if (Array.isArray(value)) return value.map((item) => visit(item, field));
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).map(([key, item]) => [
      field === 'tags' ? other(key) : key,
      visit(item, field === 'tags' ? field : key),
    ]);
    return Object.fromEntries(entries);
  };
  const [source, target] = (await sides).map((side) => visit(side, '') as Snapshot) as [Snapshot, Snapshot];
  const { changeTarget, ...rest } = more;
  return compareWithPlan({
    source,
    target: changeTarget ? changeTarget(target) : target,
    config: { quotas: { rulesPerGroup: 60 } },
    phase: 'readiness',
    scopes: SCOPES,
    startedAt: '2026-11-15T06:00:05.000Z',
    finishedAt: '2026-11-15T06:00:06.000Z',
    tool: { name: 'ec2-parity', version: '0.1.0' },
    ...rest,
  });
}
