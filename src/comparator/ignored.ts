import { wordsOf } from '../inventory/kinds.ts';
import { ruleSentence } from '../inventory/security-group.ts';
import type { Snapshot } from '../inventory/snapshot.ts';
import type { Tags } from '../inventory/tags.ts';
import type { Note } from '../report/model.ts';
import { count } from '../text/counts.ts';
import { normalAttribute } from '../waivers/attributes.ts';
import { matches } from '../waivers/glob.ts';
import type { Config } from './config.ts';

/** An object as the config can name it. */
interface Named {
  readonly kind: string;
  readonly name: string;
  readonly scope: string | null;
}

type Entry = NonNullable<Config['ignore']>[number];

function isAbout({ kind, subject, scope }: Entry, object: Named): boolean {
  return (
    kind === object.kind &&
    (subject === undefined || matches(subject, object.name)) &&
    (scope === undefined || (object.scope !== null && matches(scope, object.scope)))
  );
}

/** Whether the config says not to compare an attribute of the object: "boot mode", "tags.BuildHost", "description". */
export function ignoredOf({ ignore = [] }: Config, object: Named): (attribute: string) => boolean {
  const own = ignore.filter((entry) => isAbout(entry, object));
  return (attribute) =>
    own.some((entry) => matches(normalAttribute(entry.attribute), normalAttribute(attribute)));
}

/** The tags of both ends without those that are not to be compared. */
export function tagsToCompare(
  ends: { readonly source: { readonly tags: Tags }; readonly target: { readonly tags: Tags } },
  object: Named,
  config: Config,
): [source: Tags, target: Tags] {
  const isIgnored = ignoredOf(config, object);
  const kept = (tags: Tags) =>
    Object.fromEntries(Object.entries(tags).filter(([key]) => !isIgnored(`tags.${key}`)));
  return [kept(ends.source.tags), kept(ends.target.tags)];
}

/** A side without the rules of security groups that are not to be compared, on this side or the other. */
export function withoutIgnoredRules(snapshot: Snapshot, { ignore = [] }: Config): Snapshot {
  const entries = ignore.filter((e) => e.kind === 'security-group' && /^(in|e)gress/i.test(e.attribute));
  if (entries.length === 0 || snapshot.securityGroups.status !== 'complete') return snapshot;
  const vpcs = new Map(snapshot.vpcs.status === 'complete' ? snapshot.vpcs.items.map((v) => [v.id, v]) : []);
  const items = snapshot.securityGroups.items.map((group) => {
    const vpc = vpcs.get(group.vpcId ?? '');
    const object = {
      kind: 'security-group',
      name: group.name,
      scope: vpc?.isDefault ? (vpc.name ?? 'default') : (vpc?.name ?? null),
    };
    const own = entries.filter((entry) => isAbout(entry, object));
    if (own.length === 0) return group;
    // `egress` alone is all of it.
    const isIgnored = (text: string) =>
      own.some(({ attribute }) =>
        matches(/^(in|e)gress$/i.test(attribute) ? `${attribute} *` : attribute, text),
      );
    return { ...group, rules: group.rules.filter((rule) => !isIgnored(ruleSentence(rule))) };
  });
  return { ...snapshot, securityGroups: { status: 'complete', items } };
}

/** What is not compared, of how many pairs: stated in every format. */
export function ignoredNotes({ ignore = [] }: Config, pairs: readonly Named[]): Note[] {
  return ignore.map((entry, i): Note => {
    const { kind, attribute } = entry;
    const n = pairs.filter((pair) => isAbout(entry, pair)).length;
    const words = wordsOf(kind);
    const at = `ignore[${i}]`;
    if (n === 0)
      return {
        code: 'setting-unused',
        at,
        message: `no ${words.one} of both sides is one of which ${attribute} is ignored.`,
        hint: 'Delete the entry, or correct its kind, subject or scope.',
      };
    return {
      code: 'ignored',
      at,
      message: `the config ignores ${attribute} of ${words.many}: not compared of ${count(n, 'pair')}.`,
      hint: 'Remove the entry to have it compared.',
    };
  });
}
