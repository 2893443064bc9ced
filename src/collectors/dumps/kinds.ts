import { type CliService, INVENTORY, SNAPSHOT_KINDS, type SnapshotAnswer } from '../../inventory/kinds.ts';
import { FACT_KINDS, FACTS, type FactAnswer, type FactService } from '../../inventory/launch-facts/kinds.ts';

/** Answers that are no kind of a snapshot: `detail` belongs to items of one, `place` tells account and region. */
const OTHER_ANSWERS = {
  SecurityGroupRules: 'detail',
  Entries: 'detail',
  LaunchPermissions: 'detail',
  ImageAncestryEntries: 'detail',
  Snapshots: 'detail',
  State: 'detail',
  EbsEncryptionByDefault: 'detail',
  LaunchTemplateVersions: 'detail',
  TemplateBody: 'detail',
  Regions: 'place',
  UserId: 'place',
} as const satisfies Readonly<Record<string, 'detail' | 'place'>>;
/** The top-level keys that tell what an answer is. */
export type AnswerKey = SnapshotAnswer | FactAnswer | keyof typeof OTHER_ANSWERS;

const ANSWER_KEYS: readonly AnswerKey[] = [
  ...new Set<AnswerKey>([
    ...SNAPSHOT_KINDS.map((kind) => INVENTORY[kind].answer),
    ...(Object.keys(OTHER_ANSWERS) as (keyof typeof OTHER_ANSWERS)[]),
    ...FACT_KINDS.flatMap((kind) => FACTS[kind].answers),
  ]),
];

export function isAnswerKey(key: string): key is AnswerKey {
  return (ANSWER_KEYS as readonly string[]).includes(key);
}

/** Whether the answer tells only where the others come from. */
export function tellsPlace(key: AnswerKey): boolean {
  return Object.hasOwn(OTHER_ANSWERS, key) && OTHER_ANSWERS[key as keyof typeof OTHER_ANSWERS] === 'place';
}

/** What else must stand beside a key that other answers could have too. */
const COMPANIONS: Partial<Readonly<Record<AnswerKey, readonly string[]>>> = {
  UserId: ['Account', 'Arn'],
  LaunchPermissions: ['ImageId'],
  // ssm get-parameters; others, such as describe-parameters, hold no values
  Parameters: ['InvalidParameters'],
  // get-allowed-images-settings
  State: ['ManagedBy'],
};

/** The known kinds of answer among the top-level keys of one JSON object. */
export function answerKeysOf(keys: readonly string[]): AnswerKey[] {
  return keys
    .filter(isAnswerKey)
    .filter((key) => (COMPANIONS[key] ?? []).every((other) => keys.includes(other)));
}

/**
 * The key that a file's name points to, for a file whose text shows none. Names are a last resort and only ever used
 * to say what may be missing, never to read a file as something.
 */
export function keyOfName(name: string): AnswerKey | null {
  const plain = name.toLowerCase().replace(/[^a-z]/g, '');
  // The longest fits best: "ImageAncestryEntries" holds "Entries" too.
  const fitting = ANSWER_KEYS.filter((key) => key.length > 5 && plain.includes(key.toLowerCase()));
  const [best] = fitting.sort((a, b) => b.length - a.length);
  return best ?? (plain.includes('vpcs') ? 'Vpcs' : null);
}

/** The command that makes the answer, ready to paste. */
export function command(
  call: string,
  region: string | null,
  file: string,
  service: CliService | FactService = 'ec2',
): string {
  return `aws ${service} ${call} --region ${region ?? 'REGION'} --output json > ${shellWord(file)}`;
}

export function shellWord(text: string): string {
  return /^[\w./:@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
