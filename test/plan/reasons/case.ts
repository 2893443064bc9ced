import type { Config } from '../../../src/comparator/config.ts';
import { itemsOf } from '../../../src/inventory/collected.ts';
import type { Image } from '../../../src/inventory/image.ts';
import type { KeyPair } from '../../../src/inventory/key-pair.ts';
import type { LaunchTemplate } from '../../../src/inventory/launch-template.ts';
import type { PrefixList } from '../../../src/inventory/prefix-list.ts';
import type { SecurityGroup } from '../../../src/inventory/security-group.ts';
import type { Snapshot } from '../../../src/inventory/snapshot.ts';
import type { Plan, PlanOptions } from '../../../src/plan/model.ts';
import type { ReasonOf, ReasonType } from '../../../src/plan/reasons/reason.ts';
import type { Finding, Report } from '../../../src/report/model.ts';

/** A finding that a plan leaves, with all that the plan was made from. */
export interface Case {
  readonly finding: Finding;
  readonly plan: Plan;
  readonly report: Report;
  readonly source: Snapshot;
  readonly target: Snapshot;
  readonly config: Config;
  readonly options: PlanOptions;
}

/** Whether a reason holds, derived from the snapshots alone. */
export type Check<T extends ReasonType> = (reason: ReasonOf<T>, of: Case) => boolean;
export type Checks<T extends ReasonType> = { readonly [R in T]: Check<R> };

/** The objects that a finding is about. Key pairs without an id are known by their name. */
export function ends<T extends { readonly id: string | null; readonly name: string | null }>(
  { finding: { subject } }: Case,
  source: readonly T[],
  target: readonly T[],
): { readonly source: T | undefined; readonly target: T | undefined } {
  const find = (all: readonly T[], id: string | null) =>
    id === null ? undefined : all.find((one) => one.id === id || (one.id === null && one.name === id));
  return { source: find(source, subject.sourceId), target: find(target, subject.targetId) };
}

export const groupsOf = (of: Case) =>
  ends<SecurityGroup>(of, itemsOf(of.source.securityGroups), itemsOf(of.target.securityGroups));
export const listsOf = (of: Case) =>
  ends<PrefixList>(of, itemsOf(of.source.prefixLists), itemsOf(of.target.prefixLists));
export const imagesOf = (of: Case) => ends<Image>(of, itemsOf(of.source.images), itemsOf(of.target.images));
export const keysOf = (of: Case) =>
  ends<KeyPair>(of, itemsOf(of.source.keyPairs), itemsOf(of.target.keyPairs));
export const templatesOf = (of: Case) =>
  ends<LaunchTemplate>(of, itemsOf(of.source.launchTemplates), itemsOf(of.target.launchTemplates));

/** Whether the plan makes an object of this name. */
export function makes({ plan }: Case, type: string, name: string): boolean {
  return plan.steps.some(
    ({ operation }) => operation.type === type && 'name' in operation && operation.name === name,
  );
}

/** Whether the finding is of one of these rules: all that a reason says is that the plan has no steps for the rule. */
export const ofRule =
  (...rules: readonly string[]) =>
  (_: unknown, { finding }: Case): boolean =>
    rules.includes(finding.rule);
