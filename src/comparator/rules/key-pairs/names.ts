import { itemsOf } from '../../../inventory/collected.ts';
import type { KeyPair } from '../../../inventory/key-pair.ts';
import { listed } from '../../../text/lists.ts';
import { importFacts, importUndocumented, shownKey } from '../../commands/import-key.ts';
import type { Context } from '../../context.ts';
import { bothEnds, extra, missing } from '../../pairing/counterpart.ts';
import { perAudit } from '../../per-audit.ts';
import { always, EXTRA, rule } from '../rule.ts';

const KEY_PAIRS = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-key-pairs.html';

interface Holders {
  readonly onSource: (key: KeyPair) => KeyPair[];
  readonly onTarget: (key: KeyPair) => KeyPair[];
  /** Target records whose key another finding names with all its names there. */
  readonly named: ReadonlySet<KeyPair>;
}

/** Who holds a key on either side. */
const holders = perAudit((context): Holders => {
  const { keys, source, target } = context;
  const onSource = keys.finder(itemsOf(source.keyPairs));
  const onTarget = keys.finder(itemsOf(target.keyPairs));
  const named = new Set(
    context.counterparts['key-pair'].flatMap((pair) => {
      const ends = bothEnds(pair);
      const renamed = pair.matchedBy === 'public-key' ? pair.source : missing(pair);
      const replaced = ends && keys.evidence(ends.source, ends.target).verdict === 'different';
      const key = renamed ?? (replaced ? ends.source : null);
      return key ? onTarget(key) : [];
    }),
  );
  return { onSource, onTarget, named };
});

/** Every name under which the target holds the key, in code-unit order. */
export function namesOnTarget(key: KeyPair, context: Context): string[] {
  return holders(context)
    .onTarget(key)
    .map((k) => k.name);
}

const quoted = (names: readonly string[]) => listed(names.map((n) => `"${n}"`));

export const keyPairRenamed = rule({
  id: 'key-pair/renamed',
  title: 'Same key under another name',
  short: 'other key name',
  severity: always('low'),
  whenUsed: 'high',
  compares: 'Keys of the source that have no counterpart by name with the keys of the target.',
  why: 'Launch templates and Auto Scaling groups refer to key pairs by name: the key exists on the target, but not under this name.',
  remedy:
    'Import the public key once more under the source name, or map the name in the config (names.keyPairs) if the new name is intended.',
  links: [KEY_PAIRS],
  *find(pair, context) {
    // Also where that other name has its own counterpart: two names here, one there.
    const key = pair.matchedBy === 'public-key' ? pair.source : missing(pair);
    const found = key ? holders(context).onTarget(key) : [];
    const names = found.map((k) => k.name);
    const [first] = found;
    if (!key || !first) return;
    const mapped = pair.target?.name ?? first.name;
    const config = `names: { keyPairs: { ${JSON.stringify(pair.name)}: ${JSON.stringify(mapped)} } }`;
    const by = context.keys.evidence(key, pair.target ?? first).by;
    yield {
      facts: { targetNames: names, by, config, ...importFacts(key, context) },
      // Where the config maps the name, the other name is the one that is meant.
      commands: pair.matchedBy === 'public-key' || !pair.target ? importUndocumented(key, context) : [],
      content: names,
    };
  },
  message: ({ targetNames }, { name, target }) =>
    `The key of "${name}" exists in ${target} as ${quoted(targetNames)}.`,
  remedyFor: (_facts, { name, target }) =>
    `If "${name}" is the name that is needed in ${target}, import the public key once more under it. If the other name is intended, map it in the config (names.keyPairs).`,
});

export const keyPairExtra = rule({
  id: 'key-pair/extra',
  title: 'Key pair only on the target',
  short: 'only on target',
  severity: EXTRA,
  compares: 'Key pairs of the target with those of the source, by name and by key.',
  why: 'A key that exists only on the target can give access to people who have none on the source.',
  remedy: 'Delete it if it is not needed on the target.',
  links: [KEY_PAIRS],
  *find(pair, context) {
    const key = extra(pair);
    if (!key) return;
    const { onSource, onTarget, named } = holders(context);
    // One key is reported once: where another finding has all its names, or under its first name that is extra.
    if (named.has(key)) return;
    const alone = new Set(context.counterparts['key-pair'].flatMap((p) => extra(p) ?? []));
    const others = onTarget(key).filter((k) => k !== key && alone.has(k));
    const names = [key, ...others].map((k) => k.name).sort();
    if (others.length > 0 && names[0] !== key.name) return;
    const sourceNames = onSource(key).map((k) => k.name);
    yield {
      facts: { key: shownKey(key, context), names, sourceNames },
      content: names,
    };
  },
  message: ({ key, names, sourceNames }, { target, source }) => {
    const what =
      names.length > 1
        ? `Key pairs ${quoted(names)} are one key (${key}) and exist`
        : `Key pair ${quoted(names)} (${key}) exists`;
    const same = sourceNames.length > 0 ? `; in ${source} that key is ${quoted(sourceNames)}` : '';
    return `${what} only in ${target}${same}.`;
  },
});
