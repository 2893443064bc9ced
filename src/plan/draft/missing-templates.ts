import { nameMap } from '../../comparator/names.ts';
import { itemsOf } from '../../inventory/collected.ts';
import type { LaunchTemplate } from '../../inventory/launch-template.ts';
import { userTags } from '../../inventory/tags.ts';
import type { Finding } from '../../report/model.ts';
import type { FactsOf, RuleId } from '../../report/rules/index.ts';
import type { Ref, TemplateCopy } from '../model.ts';
import type { Planning } from '../planning.ts';
import type { Reason } from '../reasons/reason.ts';
import { managerOf } from './owners.ts';
import { pairOf } from './pairs.ts';
import { otherBound, replacementsFor } from './template-replacements.ts';

/** The id of the step that creates a launch template which the target does not have. */
const createTemplateStep = (sourceId: string): string => `create-launch-template:${sourceId}`;

/**
 * Drafts the launch template that the target does not have: the versions in use, each with the ids of the target.
 * @returns Why it is not created, or null.
 */
export function addMissingTemplate(
  finding: Finding,
  facts: FactsOf<'workload/missing'>,
  planning: Planning,
): Reason | null {
  const source = pairOf('launch-template', finding, planning)?.source;
  if (finding.kind !== 'launch-template' || !source) return { type: 'workload-not-created' };
  const name = nameMap(planning.context.config.names?.launchTemplates, 'names.launchTemplates')(source.name);
  const versions = versionsInOrder(source);
  const obstacle = obstacleFor(source, name, facts, planning);
  if (obstacle !== null) return obstacle;
  const copies: {
    readonly number: number;
    readonly copy: TemplateCopy;
    readonly needs: readonly string[];
  }[] = [];
  for (const { number, launch } of versions) {
    const made = replacementsFor(launch, planning);
    if ('obstacle' in made) return made.obstacle;
    const marker = `ec2-parity ${finding.fingerprint} version ${number} of the source`;
    const { replace, needs } = made;
    copies.push({ number, needs, copy: { templateId: source.id, version: number, replace, marker } });
  }
  const [first, ...others] = copies;
  if (!first) return { type: 'versions-unread' };
  const id = createTemplateStep(source.id);
  const aims = planning
    .about('launch-template', source.id)
    // The step that writes the parameter resolves it.
    .filter((f) => f.rule !== 'reference/missing-parameter')
    .map((f) => f.fingerprint);
  const from = (number: number) => `version ${number} of the source`;
  planning.drafts.add({
    id,
    does: `Create the launch template "${name}" from ${from(first.number)}`,
    side: 'target',
    needs: first.needs,
    aims,
    notes: [...notesOf(source, copies), ...byNameAlone(first.copy, planning)],
    operation: { type: 'create-launch-template', name, tags: userTags(source.tags), copy: first.copy },
  });
  let before = id;
  let isDefault: Ref | null = null;
  for (const { number, copy, needs } of others) {
    before = planning.drafts.add({
      id: `copy-template-version:${source.id}:${number}`,
      does: `Create a version of the launch template "${name}" from ${from(number)}`,
      side: 'target',
      completes: id,
      needs: [before, ...needs],
      aims,
      notes: byNameAlone(copy, planning),
      operation: { type: 'copy-template-version', template: { madeBy: id }, name, copy },
    });
    if (number === source.defaultVersion) isDefault = { madeBy: before };
  }
  if (isDefault)
    planning.drafts.add({
      id: `set-default-version:${source.id}`,
      does: `Make the default version of the launch template "${name}" the one that corresponds to version ${source.defaultVersion} of the source`,
      side: 'target',
      completes: id,
      needs: [before],
      aims,
      operation: { type: 'set-default-version', template: { madeBy: id }, name, version: isDefault },
    });
  return null;
}

function versionsInOrder({ versions }: LaunchTemplate) {
  return [...(versions ?? [])].sort((a, b) => a.number - b.number);
}

function obstacleFor(
  source: LaunchTemplate,
  name: string,
  { stack, madeBy, nameStem, candidates: [candidate] }: FactsOf<'workload/missing'>,
  planning: Planning,
): Reason | null {
  const { context } = planning;
  if (stack) return { type: 'stack-creates', stack: stack.name, logicalId: stack.logicalId };
  if (madeBy !== null) return { type: 'service-creates', service: madeBy };
  if (nameStem !== null) return { type: 'tool-named', kind: 'launch template' };
  if (candidate?.confidence === 'high')
    return { type: 'renamed', kind: 'launch template', candidate: candidate.name };
  if (itemsOf(context.target.launchTemplates).some((t) => t.name === name))
    return { type: 'template-name-taken', name };
  const { versions, defaultVersion, latestVersion } = source;
  const lacks = [defaultVersion, latestVersion].some((n) => !versions?.some((v) => v.number === n));
  if (lacks) return { type: 'versions-unread' };
  const manager = managerOf(source);
  if (manager) return { type: 'service-creates', service: manager };
  const named = planning.about('launch-template', source.id).find((f) => NAMES_WHAT_IS_MISSING.has(f.rule));
  if (named) return { type: 'launch-would-fail', message: named.message };
  return otherBound(source, planning);
}

/** Findings about a launch template that a copy of it would have as well. */
const NAMES_WHAT_IS_MISSING: ReadonlySet<RuleId> = new Set<RuleId>([
  'reference/dangling',
  'reference/of-another-account',
  'reference/of-another-region',
  'workload/type-not-offered',
  'workload/type-unfit-for-image',
  'workload/no-subnet',
  'workload/missing-profile',
  'workload/missing-kms-key',
  'workload/missing-placement',
  'workload/volume-too-small',
  'workload/refused',
  'workload/user-data-names-source',
]);

function notesOf(source: LaunchTemplate, copies: readonly { readonly number: number }[]): string[] {
  const same = copies.every(({ number }, i) => number === i + 1);
  return [
    'The script reads the data of the source when it runs, with the credentials of the source: user data is in no file of the plan and stays the same byte for byte.',
    ...(same
      ? []
      : [
          `Only versions in use are created, so that their numbers differ: ${copies
            .map(({ number }, i) => `${number} of the source becomes ${i + 1}`)
            .join(
              ', ',
            )}.${source.latestVersion === source.defaultVersion ? '' : ' What names a version by its number has to name the other one.'}`,
        ]),
  ];
}

/** The audit compares such an image as the counterpart; whether it has the same content is not known. */
function byNameAlone({ replace }: TemplateCopy, planning: Planning): string[] {
  return replace
    .filter(({ field, from, to }) => {
      const about = field === 'image' && 'id' in to ? planning.about('image', from) : [];
      return about.some((f) => f.rule === 'image/undetermined');
    })
    .map(
      ({ from, to }) =>
        `That ${'id' in to ? to.id : ''} is the counterpart of ${from} is shown by the name alone.`,
    );
}
