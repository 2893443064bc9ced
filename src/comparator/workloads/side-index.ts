import { type Collected, itemsOf } from '../../inventory/collected.ts';
import type { Image } from '../../inventory/image.ts';
import { isImageId } from '../../inventory/image-id.ts';
import type { GroupReference } from '../../inventory/launch.ts';
import type { LaunchConfiguration } from '../../inventory/launch-configuration.ts';
import type { LaunchTemplate } from '../../inventory/launch-template.ts';
import { noOtherImage, type OtherImage } from '../../inventory/other-image.ts';
import type { Parameter } from '../../inventory/parameter.ts';
import { parameterNameIn } from '../../inventory/parameter.ts';
import type { Snapshot } from '../../inventory/snapshot.ts';
import type { SideName } from '../../report/vocabulary.ts';
import { copiedFrom, placeKey } from '../pairing/image-lineage.ts';
import { type ForeignIds, NO_FOREIGN_IDS } from './ids-of-region.ts';
import type { Found, Reference } from './reference.ts';

/** Finds what the objects of one side refer to on that side. */
export interface SideIndex {
  readonly side: SideName;
  readonly snapshot: Snapshot;
  /** What sentences call the side. */
  readonly place: string;
  key(name: string): Reference;
  group(reference: GroupReference): Reference;
  /** "ami-…" or "resolve:ssm:…". */
  image(text: string): Reference;
  /** An image by its id, of any owner. */
  imageById(id: string): Found;
  prefixList(id: string): Found;
  /** Null: it was not requested, or the request failed. */
  parameter(name: string): Parameter | null;
  launchTemplate(by: { id: string | null; name: string | null }): LaunchTemplate | null;
  launchConfiguration(name: string): LaunchConfiguration | null;
  /**
   * What this side can launch in place of an image of another owner that the other side, in `region`, launches: a copy of
   * it, or the image of its owner and name. Null where it was not read.
   */
  offers(image: OtherImage, region: string): Offer | null;
}

/** An image that a side can launch; `exists` false: its owner offers none. */
export type Offer = Pick<OtherImage, 'id' | 'exists' | 'state'>;

const DANGLING: Found = { is: 'dangling' };
const UNREAD: Found = { is: 'unread', gap: null };

/**
 * @param shared The images of the other side that this one launches as they are, by id.
 * @param foreign Ids that belong to the region of the other side: what names them here refers to nothing.
 */
export function sideIndex(
  side: SideName,
  snapshot: Snapshot,
  place: string,
  shared: ReadonlyMap<string, Image> = new Map(),
  foreign: ForeignIds = NO_FOREIGN_IDS,
): SideIndex {
  const keys = byText(snapshot.keyPairs, (k) => k.name);
  const groups = byText(snapshot.securityGroups, (g) => g.id);
  const defaultVpc = itemsOf(snapshot.vpcs).find((v) => v.isDefault)?.id;
  const named = byText(snapshot.securityGroups, (g) =>
    g.vpcId === defaultVpc ? g.name.trimEnd().toLowerCase() : '',
  );
  const lists = byText(snapshot.prefixLists, (l) => l.id);
  const images = byText(snapshot.images, (i) => i.id);
  const others = byText(snapshot.otherImages, (i) => i.id);
  const offered = offeredImages(snapshot);
  const parameters = byText(snapshot.parameters, (p) => p.name);
  const published = publishedImages(snapshot);
  const templates = byText(snapshot.launchTemplates, (t) => t.id);
  const templatesByName = byText(snapshot.launchTemplates, (t) => t.name);
  const configurations = byText(snapshot.launchConfigurations, (c) => c.name);

  const imageById = (id: string): Found => {
    const own = images.get(id) ?? shared.get(id);
    if (own) return { is: 'image', item: own };
    const other = others.get(id);
    if (other) return other.exists ? { is: 'other-image', item: other } : DANGLING;
    const vouched = published.get(id);
    if (vouched) return { is: 'other-image', item: vouched };
    // No image has such an id, so no look-up is needed.
    if (foreign.images.has(id) || !isImageId(id)) return DANGLING;
    if (snapshot.images.status === 'failed' || isStated(snapshot.otherImages)) return UNREAD;
    return { is: 'unread', gap: { side, what: 'image', name: id } };
  };
  return {
    side,
    snapshot,
    place,
    key: (name) => {
      const item = keys.get(name);
      const none = snapshot.keyPairs.status === 'failed' ? UNREAD : DANGLING;
      return { to: 'key-pair', text: name, parameter: null, found: item ? { is: 'key-pair', item } : none };
    },
    group: ({ id, name }) => {
      const item = id === null ? named.get((name ?? '').trimEnd().toLowerCase()) : groups.get(id);
      // A name means one in the default VPC: only the list of VPCs shows which that is.
      const unread =
        (snapshot.securityGroups.status === 'failed' && !foreign.groups.has(id ?? '')) ||
        (id === null && snapshot.vpcs.status === 'failed');
      return {
        to: 'security-group',
        text: id ?? name ?? '',
        parameter: null,
        found: item ? { is: 'security-group', item } : unread ? UNREAD : DANGLING,
      };
    },
    image: (text) => {
      const parameter = parameterNameIn(text);
      if (parameter === null) return { to: 'image', text, parameter, found: imageById(text) };
      const known = parameters.get(parameter);
      const found: Found = !known
        ? isStated(snapshot.parameters)
          ? UNREAD
          : { is: 'unread', gap: { side, what: 'parameter', name: parameter } }
        : known.value === null
          ? DANGLING
          : imageById(known.value);
      return { to: 'image', text, parameter, found };
    },
    imageById,
    prefixList: (id) => {
      const item = lists.get(id);
      if (item) return { is: 'prefix-list', item };
      return snapshot.prefixLists.status === 'failed' ? UNREAD : DANGLING;
    },
    parameter: (name) => parameters.get(name) ?? null,
    launchTemplate: ({ id, name }) =>
      (id ? templates.get(id) : name ? templatesByName.get(name) : null) ?? null,
    launchConfiguration: (name) => configurations.get(name) ?? null,
    offers: (image, region) =>
      offered.get(placeKey(region, image.id)) ??
      offered.get(`${image.ownerId ?? image.ownerAlias}/${image.name}`) ??
      null,
  };
}

/** By "owner/name", and by what they were copied from. Of several under one key, one that can be launched. */
function offeredImages(snapshot: Snapshot): ReadonlyMap<string, Offer> {
  const own = itemsOf(snapshot.images).map((image) => ({
    ...image,
    exists: true,
    ownerAlias: null,
    ownerId: image.ownerId ?? snapshot.account,
    details: image,
  }));
  const worth = (i: Offer) => Number(i.exists) + Number(i.exists && i.state === 'available');
  const offered = new Map<string, Offer>();
  for (const image of [...itemsOf(snapshot.otherImages), ...own].sort((a, b) => worth(a) - worth(b))) {
    for (const owner of [image.ownerId, image.ownerAlias])
      if (owner !== null && image.name !== null) offered.set(`${owner}/${image.name}`, image);
    const from = image.details && copiedFrom(image.details);
    if (from?.region) offered.set(placeKey(from.region, from.id), image);
  }
  return offered;
}

/**
 * The images that AWS's own parameters name. AWS keeps these parameters, per region, so that they name an image that is
 * there: it need not be looked up. Only a look-up that was made and found nothing says otherwise.
 */
function publishedImages(snapshot: Snapshot): ReadonlyMap<string, OtherImage> {
  return new Map(
    itemsOf(snapshot.parameters).flatMap(({ name, value }) => {
      if (value === null || !name.startsWith('/aws/service/')) return [];
      const platform = name.startsWith('/aws/service/ami-windows') ? 'windows' : null;
      return [[value, { ...noOtherImage(value), exists: true, ownerAlias: 'amazon', platform }] as const];
    }),
  );
}

/** Whether the kind failed as a whole, which a gap says. That a folder holds no look-ups is no gap until one is needed. */
function isStated(collected: Collected<unknown>): boolean {
  return collected.status === 'failed' && collected.failure.code !== 'not-in-dump';
}

/** The first of equals; blank keys name nothing. */
function byText<Item>(collected: Collected<Item>, keyOf: (item: Item) => string): ReadonlyMap<string, Item> {
  const map = new Map<string, Item>();
  for (const item of itemsOf(collected)) {
    const key = keyOf(item);
    if (key !== '' && !map.has(key)) map.set(key, item);
  }
  return map;
}
