import { assembleSnapshot } from '../../inventory/assemble.ts';
import type { Collected } from '../../inventory/collected.ts';
import { type KeyPair, keyPairFrom } from '../../inventory/key-pair.ts';
import type { Scope } from '../../inventory/kinds.ts';
import { notRead } from '../../inventory/launch-facts/index.ts';
import { securityGroupFrom } from '../../inventory/security-group.ts';
import type { Snapshot, SnapshotKind } from '../../inventory/snapshot.ts';
import { Unable } from '../../inventory/unable.ts';
import { vpcFrom } from '../../inventory/vpc.ts';
import { atOnce, type Working } from '../../inventory/working.ts';
import { printable } from '../../text/printable.ts';
import { contradictionGap, contradictionText } from '../account.ts';
import { kindsOfScopes, leftOut } from '../scopes.ts';
import { withRules } from '../silent.ts';
import { answersOf, collect, type Dump } from './answers.ts';
import { type Folder, readFolder } from './folder.ts';
import { dumpedSettings } from './image-details.ts';
import { collectImages, collectOtherImages } from './images.ts';
import { tellsPlace } from './kinds.ts';
import { collectFacts } from './launch-facts.ts';
import { pageNotes } from './pages.ts';
import { accountOf, regionOf } from './place.ts';
import { collectPrefixLists } from './prefix-lists.ts';
import { collectRecycledImages } from './recycle-bin.ts';
import { keyPairRow, securityGroupRow, vpcRow } from './rows.ts';
import { collectStaleReferences } from './stale-groups.ts';
import { collectWorkloads } from './workloads.ts';

export interface DumpResult {
  readonly snapshot: Snapshot;
  /** What was ignored and why, one line each, for stderr. */
  readonly notes: readonly string[];
}

export interface DumpOptions {
  /** What --source-region or --target-region says. */
  readonly region?: string | undefined;
  /** The name of that option, for messages. */
  readonly flag: string;
  readonly scopes: readonly Scope[];
  readonly working?: Working | undefined;
}

/**
 * Reads a folder of `aws ec2 describe-… --output json` answers, saved as they come, into a snapshot. Files are known
 * by their top-level key, not by their name. A kind that no file holds, or that a file holds in part or broken, is a
 * stated gap with the command that fills it.
 * @throws Unable when there is no such folder, nothing known in it, or nothing that shows its region.
 */
export async function readDumps(dir: string, options: DumpOptions): Promise<DumpResult> {
  const folder = await readFolder(dir, options.working);
  if (isNoDump(folder)) throw nothingKnown(folder, options.region);
  const working = <T>(work: () => T): Promise<T> => (options.working ?? atOnce)(work, folder.characters);
  const answers = await working(() => answersOf(folder));
  const region = regionOf(dir, options.region, options.flag, answers);
  const { id: account, contradiction } = accountOf(dir, answers);
  const dump: Dump = {
    folder,
    region,
    answers,
    notes: [
      ...folder.notes,
      ...pageNotes(answers.filter(({ continued }) => continued)).map((note) => `${folder.dir}: ${note}`),
      ...unusedFaults(folder),
    ],
  };

  if (contradiction && !contradiction.mixed)
    dump.notes.push(
      `${folder.dir}: ${contradictionText(contradiction)}; the account of what was read is used`,
    );

  const wanted = kindsOfScopes(options.scopes);
  const ifWanted = <T>(kind: SnapshotKind, collected: () => T) =>
    wanted.has(kind) ? working(collected) : null;
  const vpcs = await ifWanted('vpcs', () => collect(dump, 'vpcs', vpcRow, vpcFrom, ({ id }) => id));
  const keyPairs = await ifWanted('keyPairs', () => collectKeyPairs(dump));
  const prefixLists = await ifWanted('prefixLists', () => collectPrefixLists(dump));
  const securityGroups = await ifWanted('securityGroups', () =>
    collect(
      dump,
      'securityGroups',
      securityGroupRow,
      (row) => securityGroupFrom(withRules(row)),
      ({ id }) => id,
    ),
  );
  const images = await ifWanted('images', () => collectImages(dump, account, wanted.has('otherImages')));
  const workloads = wanted.has('instances') ? await collectWorkloads(dump, account) : null;

  const ifRead = <T>(kind: SnapshotKind, read: () => T) => (wanted.has(kind) ? read() : null);
  const snapshot = await working(() =>
    assembleSnapshot({
      region,
      account,
      takenAt: new Date(Math.max(...folder.files.map(({ modified }) => modified.getTime()))).toISOString(),
      origin: 'dumps',
      vpcs: vpcs ?? leftOut(),
      keyPairs: keyPairs ?? leftOut(),
      prefixLists: prefixLists?.lists ?? leftOut(),
      securityGroups: securityGroups ?? leftOut(),
      images: images?.images ?? leftOut(),
      instances: workloads?.instances ?? leftOut(),
      launchTemplates: workloads?.launchTemplates ?? leftOut(),
      launchConfigurations: workloads?.launchConfigurations ?? leftOut(),
      autoScalingGroups: workloads?.autoScalingGroups ?? leftOut(),
      stacks: workloads?.stacks ?? leftOut(),
      parameters: workloads?.parameters ?? leftOut(),
      otherImages: ifRead('otherImages', () => collectOtherImages(dump, account)) ?? leftOut(),
      launchFacts: ifRead('instances', () => collectFacts(dump)) ?? notRead(leftOut().failure),
      imageSettings: ifRead('images', () => dumpedSettings(dump)) ?? undefined,
      staleReferences: ifRead('securityGroups', () => collectStaleReferences(dump)),
      recycledImages: ifRead('images', () => collectRecycledImages(dump)),
      gaps: [
        ...(contradiction?.mixed ? [contradictionGap(contradiction, folder.dir)] : []),
        ...(prefixLists?.gaps ?? []),
        ...(images?.gaps ?? []),
        ...(workloads?.gaps ?? []),
      ],
    }),
  );
  return { snapshot, notes: dump.notes };
}

/** Names are unique per region; ids are absent from old dumps, and a key that was created again under its name has another. */
function collectKeyPairs(dump: Dump): Collected<KeyPair> {
  const keyPairs = collect(dump, 'keyPairs', keyPairRow, keyPairFrom, ({ name }) => name);
  if (
    keyPairs.status === 'complete' &&
    keyPairs.items.length > 0 &&
    keyPairs.items.every(({ publicKey }) => !publicKey)
  ) {
    dump.notes.push(
      `${dump.folder.dir}: the key pairs have no public keys (describe-key-pairs without --include-public-key), so they are compared by fingerprint, which is weaker evidence`,
    );
  }
  return keyPairs;
}

/** One list cut out of its answer, alone in a folder, does not show whether it is whole, nor what is beside it. */
function isNoDump({ files }: Folder): boolean {
  const [only, ...more] = files;
  return only === undefined || (more.length === 0 && only.form === 'list');
}

const NOT_NEEDED: ReadonlySet<string> = new Set(['SecurityGroupRules', 'State', 'EbsEncryptionByDefault']);

/** Broken files of kinds that are recognised but not read make no gap, but nothing is dropped silently. */
function unusedFaults({ files }: Folder): string[] {
  return files.flatMap(({ fault, shown }) => {
    return fault && (tellsPlace(fault.key) || NOT_NEEDED.has(fault.key))
      ? [`${shown} cannot be read (${fault.why}); it looks like ${fault.key}, which is not needed`]
      : [];
  });
}

function nothingKnown(folder: Folder, region: string | undefined): Unable {
  const names = [
    ...folder.files.map(
      ({ name }) =>
        `${printable(name)} (a list without its top-level key, as --query writes it; alone in a folder it does not show that it is complete)`,
    ),
    ...folder.leftAlone,
  ];
  const reasons = names.length > 0 ? `: ${names.join(', ')}` : '';
  const calls =
    'describe-security-groups, describe-vpcs, describe-managed-prefix-lists, describe-images --owners self';
  return new Unable(
    `The folder ${folder.dir} contains no answer of the AWS CLI that this tool knows${reasons}.`,
    `Save some there, for example: aws ec2 describe-key-pairs --include-public-key --region ${region ?? 'REGION'} --output json > ${folder.dir}/KeyPairs.json (and ${calls}).`,
  );
}
