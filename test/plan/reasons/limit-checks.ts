import { itemsOf } from '../../../src/inventory/collected.ts';
import type { ReasonType } from '../../../src/plan/reasons/reason.ts';
import type { Case, Checks } from './case.ts';

/** All objects that a plan creates under a name, of one side. */
function named({ securityGroups, prefixLists, keyPairs, images, launchTemplates }: Case['source']) {
  return [
    ...itemsOf(securityGroups),
    ...itemsOf(prefixLists),
    ...itemsOf(keyPairs),
    ...itemsOf(images),
    ...itemsOf(launchTemplates),
  ];
}

const quotaOf = ({ config }: Case) => config.quotas?.rulesPerGroup ?? 60;

export const LIMIT_CHECKS = {
  'beyond-quota-of-region': ({ config, limit, has, makes }, of) => {
    const side = of.target;
    const kinds: Record<string, { readonly length: number }> = {
      securityGroups: itemsOf(side.securityGroups).filter((g) => g.ownerId === side.account),
      prefixLists: itemsOf(side.prefixLists).filter((l) => l.ownerId === side.account),
      keyPairs: itemsOf(side.keyPairs),
      launchTemplates: itemsOf(side.launchTemplates),
      images: itemsOf(side.images).filter((i) => i.ownerId === side.account),
      publicImages: itemsOf(side.images).filter((i) => i.public && i.ownerId === side.account),
    };
    return kinds[config]?.length === has && has + makes > limit;
  },
  'list-beyond-quota': ({ entries, quota }) => entries > quota,
  'rules-beyond-quota': ({ group, rules, quota }, of) =>
    quota === quotaOf(of) &&
    rules > quota &&
    named(of.source)
      .concat(named(of.target))
      .some((o) => o.name === group),
  'list-exceeds-rules': ({ list, group, quota }, of) => {
    const lists = itemsOf(of.target.prefixLists).filter((l) => l.name === list);
    return (
      quota === quotaOf(of) &&
      itemsOf(of.target.securityGroups).some(
        (g) =>
          g.name === group &&
          g.rules.some(
            (r) => r.peer.type === 'prefix-list' && lists.some((l) => 'id' in r.peer && l.id === r.peer.id),
          ),
      )
    );
  },
  'too-many-tags': ({ tags, limit }, of) =>
    tags > limit && named(of.source).some((o) => Object.keys(o.tags).length > 0),
  'too-many-shares': ({ image, shares, limit }, of) =>
    shares > limit &&
    itemsOf(of.source.images).some(
      (i) =>
        (i.name === image || i.id === image) &&
        (i.launchPermissions?.accounts.length ?? 0) + (i.launchPermissions?.organizations.length ?? 0) > 0,
    ),
  'too-many-versions': ({ template, latest, limit }, of) =>
    latest >= limit &&
    itemsOf(of.target.launchTemplates).some((t) => t.name === template && t.latestVersion === latest),
  'image-name-taken': ({ name }, of) => itemsOf(of.target.images).some((i) => i.name === name),
  'name-used-twice': ({ name }, of) =>
    named(of.source).filter((o) => o.name?.trimEnd().toLowerCase() === name.trimEnd().toLowerCase()).length >
    1,
  'name-not-accepted': ({ name }, of) => named(of.source).some((o) => o.name === name || o.id === name),
} as const satisfies Partial<Checks<ReasonType>>;
