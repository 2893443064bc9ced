import type { Snapshot } from '../../inventory/snapshot.ts';
import type { Stack } from '../../inventory/stack.ts';
import type { Template } from '../../inventory/template.ts';

/** A template that is not of a stack, or the part of one that is for one region and account. */
export interface TemplateFile {
  readonly file: string;
  readonly template: Template;
  /** What it is called, where one file or assembly holds several; otherwise the file. */
  readonly name?: string | undefined;
  /** The region that it is written for; null or absent where it is for any. */
  readonly region?: string | null | undefined;
  /** The account that it is written for; null or absent where it is for any. */
  readonly account?: string | null | undefined;
  /** The name of the stack that it is deployed as, where an assembly says it. */
  readonly stackName?: string | undefined;
  /** What it is written in; absent: CloudFormation. */
  readonly language?: 'terraform' | undefined;
  /** What it is one of several of: the plan or the assembly. */
  readonly of?: string | undefined;
  /** Whether its values are those of what exists in its region, however they were chosen: a state of Terraform. */
  readonly applied?: boolean | undefined;
}

type Side = Pick<Snapshot, 'region' | 'account'>;

/** Whether a template may be deployed to a side: what is for any region or account is for each, and an unknown account excludes nothing. */
export function isFor({ region, account }: Pick<TemplateFile, 'region' | 'account'>, side: Side): boolean {
  const sameAccount = !account || side.account === null || account === side.account;
  return sameAccount && (region ?? side.region) === side.region;
}

export interface ChosenFiles {
  /** As if each were a stack of the source. */
  readonly judged: ReadonlyMap<Stack, TemplateFile>;
  /** Those of plans and assemblies that are for neither side. */
  readonly apart: readonly TemplateFile[];
}

/**
 * Of a plan or an assembly with parts for the target, only these are judged and those for any place: its other parts stay in
 * their places. Of one without, the parts for the source: they are what would be deployed to the target.
 */
export function chosenFiles(templates: readonly TemplateFile[], source: Side, target: Side): ChosenFiles {
  const isOnlyFor = (t: TemplateFile, side: Side, other: Side) => isFor(t, side) && !isFor(t, other);
  const reaching = new Set(
    templates.flatMap((t) => (t.of !== undefined && isOnlyFor(t, target, source) ? [t.of] : [])),
  );
  const judged = templates.filter(
    (t) => t.of === undefined || isFor(t, reaching.has(t.of) ? target : source),
  );
  return {
    judged: new Map(
      judged.map((one) => {
        const name = one.name ?? one.file;
        return [{ id: name, name, status: 'file', template: one.template, tags: {} }, one];
      }),
    ),
    apart: templates.filter((t) => t.of !== undefined && !isFor(t, source) && !isFor(t, target)),
  };
}
