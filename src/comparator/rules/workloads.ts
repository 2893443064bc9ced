import { wordsOf } from '../../inventory/kinds.ts';
import { compareText, firstOf } from '../../inventory/order.ts';
import type { ToBeReplaced } from '../../report/rules/workloads.ts';
import { listed } from '../../text/lists.ts';
import { BOUND_WORDS } from '../launches/foreign.ts';
import { toBeReplaced } from '../launches/to-be-replaced.ts';
import { bothEnds, missing, rivalFacts, rivalText } from '../pairing/counterpart.ts';
import { originOf, originText, remedyByOrigin } from '../pairing/origin.ts';
import { candidateRemedy, candidateText } from '../pairing/rename-candidate.ts';
import { ONE_OF_SEVERAL } from '../pairing/workloads.ts';
import { launchDifferences } from '../workloads/differences.ts';
import { references } from '../workloads/launches.ts';
import { referenceName } from '../workloads/reference.ts';
import { launcherCandidates } from '../workloads/rename-candidates.ts';
import { type Workload, workloadsOf } from '../workloads/workloads.ts';
import { always, rule, targetObject } from './rule.ts';

const TEMPLATES = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-launch-templates.html';
const REGIONS =
  'https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/regional-services.html';

export const workloadMissing = rule({
  id: 'workload/missing',
  title: 'No counterpart on the target',
  short: 'no counterpart',
  severity: always('medium'),
  compares:
    'The launch templates, launch configurations and Auto Scaling groups of the source with those of the target, by name.',
  why: 'They exist in one region only and have to be created in the target region. A copy fails with "InvalidAMIID.NotFound", "InvalidGroup.NotFound", "InvalidSubnetID.NotFound" or "InvalidSnapshot.NotFound" where it keeps an id of the source region; the finding lists these ids.',
  remedy:
    'Create it on the target, with the key pair, groups and image of that region; or map the name in the config (names.launchTemplates, names.launchConfigurations, names.autoScalingGroups).',
  links: [TEMPLATES, REGIONS],
  *find(pair, context) {
    const item = missing(pair);
    const workload = item && workloadsOf(context).of(item);
    if (!workload) return;
    const needs = neededBy(workload);
    const origin = originOf(pair.kind, item, 'source', context);
    yield {
      facts: {
        kind: workload.kind,
        needs,
        ...origin,
        candidates: [...launcherCandidates(item, context)],
        toBeReplaced: toBeReplaced(workload, context),
      },
      content: null,
    };
  },
  message: ({ kind, needs, candidates: [first], toBeReplaced: bound, ...origin }, { name, target }) => {
    const launches = needs.length > 0 ? ` It launches with ${listed(needs, 6)}.` : '';
    const words = bound.map(({ to, text }) => `${replacedWord(to)} ${text}`);
    const replace =
      words.length > 0
        ? ` To be replaced, because it exists in the source region or account only: ${listed(words, 6)}.`
        : '';
    return `${KIND_WORDS[kind] ?? kind} "${name}" has no counterpart in ${target}.${originText(origin)}${launches}${replace}${first ? candidateText(first) : ''}`;
  },
  remedyFor: ({ kind, candidates: [first], ...origin }, { target }) => {
    const create =
      remedyByOrigin(origin, (KIND_WORDS[kind] ?? kind).replace('Launch', 'launch'), target) ??
      `Create it on the target, with the key pair, groups and image of ${target}${first ? '' : `; or map the name in the config (names.${CONFIG_KEYS[kind] ?? 'launchTemplates'})`}.`;
    return first ? `${candidateRemedy(first)}   Otherwise: ${create}` : create;
  },
});

function replacedWord(to: ToBeReplaced['to']): string {
  return to === 'image' || to === 'security-group' ? (wordsOf(to)?.one ?? to) : BOUND_WORDS[to];
}

export const workloadAmbiguous = rule({
  id: 'workload/ambiguous',
  title: 'Several could be its counterpart',
  short: 'counterpart ambiguous',
  severity: always('medium'),
  outcome: 'undetermined',
  compares:
    'The launch templates, launch configurations and Auto Scaling groups of one stack and logical id that one side has more than once.',
  why: 'Copied tags and stacks that were deployed twice make several objects look alike. Compared with the wrong one, every difference is wrong.',
  remedy: 'Say in the config which name is its counterpart.',
  links: [TEMPLATES],
  *find(pair) {
    if (pair.pairingStatus !== 'ambiguous' || !pair.source) return;
    yield {
      facts: { ...rivalFacts(pair.candidates), config: pair.config ?? '' },
      content: null,
      origin: { references: [pair.source] },
    };
  },
  message: (rivals, { name, target }) =>
    `The counterpart of "${name}" in ${target} could be ${rivalText(rivals)}.`,
  remedyFor: ({ config }) =>
    `Add this line to ec2-parity.config.yaml if it names the right one, or write the other name into it: ${config}`,
});

const CONFIG_KEYS: Readonly<Record<string, string>> = {
  'launch-template': 'launchTemplates',
  'launch-configuration': 'launchConfigurations',
  'auto-scaling-group': 'autoScalingGroups',
};

/** The names of what it launches with: by kind, then by name, since ids are in no order that means anything. */
function neededBy({ launchSpecs }: Workload): string[] {
  const all = launchSpecs.flatMap((spec) => references(spec));
  const order = ['key-pair', 'security-group', 'image'] as const;
  const sorted = all.sort((a, b) =>
    firstOf(
      order.indexOf(a.to) - order.indexOf(b.to),
      Number(a.found.is === 'dangling') - Number(b.found.is === 'dangling'),
      compareText(referenceName(a), referenceName(b)),
    ),
  );
  return [...new Set(sorted.map(referenceName))];
}

function another(part: string): string {
  return `${part.endsWith('s') ? 'other' : 'another'} ${part}`;
}

const KIND_WORDS: Readonly<Record<string, string>> = {
  'launch-template': 'Launch template',
  'launch-configuration': 'Launch configuration',
  'auto-scaling-group': 'Auto Scaling group',
};

const REFER_TO_COUNTERPARTS =
  'Refer to the counterparts of what the source refers to, or map the names in the config.';

export const workloadDiffers = rule({
  id: 'workload/differs',
  title: 'Its counterpart launches differently',
  short: 'launches differently',
  severity: always('high'),
  compares:
    'The key pair, the groups and the image that two workloads of one name refer to, each by its counterpart and not by id, and the lifecycle hooks that an Auto Scaling group of the target lacks or has with another timeout or default result. Of launch templates, the version $Default is compared with $Default, and $Latest with $Latest.',
  why: 'Instances on the target accept other keys, admit other traffic or run other content than on the source. Without a lifecycle hook they serve before, or end before, what the hook waits for is done.',
  remedy: REFER_TO_COUNTERPARTS,
  links: [TEMPLATES],
  *find(pair, context) {
    const ends = bothEnds(pair);
    // Any of several can be the counterpart of any other: then one differing pair proves nothing.
    if (!ends || pair.matchedBy === ONE_OF_SEVERAL) return;
    const { parts, rows } = launchDifferences(ends.source, ends.target, context);
    if (parts.length === 0) return;
    const facts = { parts: [...parts], rows: { source: [...rows.source], target: [...rows.target] } };
    yield { facts, content: facts.rows };
  },
  remedyFor: ({ parts }, { target }) =>
    parts.every((part) => part === 'lifecycle hooks')
      ? `Give the group in ${target} the lifecycle hooks of the source.`
      : REFER_TO_COUNTERPARTS,
  message: ({ parts, rows }, { name, onTarget, target }) => {
    // What is named once need not be named in every row.
    const bare = (row: string) => (parts.length === 1 ? row.replace(`${parts[0]}: `, '') : row);
    const [here, there] = [rows.source.map(bare), rows.target.map(bare)];
    const verb = parts.every((part) => part === 'lifecycle hooks') ? 'has' : 'refers to';
    return `In ${target} ${targetObject({ name, onTarget })} ${verb} ${listed(parts.map(another))}: ${listed(there)}; on the source: ${listed(here)}.`;
  },
});
