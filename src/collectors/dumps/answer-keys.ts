import { INVENTORY, SNAPSHOT_KINDS, type SnapshotAnswer } from '../../inventory/kinds.ts';
import { FACT_KINDS, FACTS, type FactAnswer } from '../../inventory/launch-facts/kinds.ts';

/** Answers that are no kind of a snapshot: `detail` belongs to items of one, `place` shows account and region. */
const OTHER_ANSWERS = {
  SecurityGroupRules: 'detail',
  Entries: 'detail',
  LaunchPermissions: 'detail',
  ImageAncestryEntries: 'detail',
  /** `Images` of list-images-in-recycle-bin: the key of describe-images, distinguished by its rows. */
  ImagesInRecycleBin: 'detail',
  StaleSecurityGroupSet: 'detail',
  Snapshots: 'detail',
  State: 'detail',
  EbsEncryptionByDefault: 'detail',
  LaunchTemplateVersions: 'detail',
  TemplateBody: 'detail',
  Regions: 'place',
  UserId: 'place',
} as const satisfies Readonly<Record<string, 'detail' | 'place'>>;

/** The top-level keys by which an answer is recognised. */
export type AnswerKey = SnapshotAnswer | FactAnswer | keyof typeof OTHER_ANSWERS;

/** All of them, each once. */
export const ANSWER_KEYS: readonly AnswerKey[] = [
  ...new Set<AnswerKey>([
    ...SNAPSHOT_KINDS.map((kind) => INVENTORY[kind].answer),
    ...(Object.keys(OTHER_ANSWERS) as (keyof typeof OTHER_ANSWERS)[]),
    ...FACT_KINDS.flatMap((kind) => FACTS[kind].answers),
  ]),
];

export function isAnswerKey(key: string): key is AnswerKey {
  return (ANSWER_KEYS as readonly string[]).includes(key);
}

/** Whether the answer only shows the account or region of the others. */
export function tellsPlace(key: AnswerKey): boolean {
  return Object.hasOwn(OTHER_ANSWERS, key) && OTHER_ANSWERS[key as keyof typeof OTHER_ANSWERS] === 'place';
}
