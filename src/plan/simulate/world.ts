import { type Collected, complete, itemsOf } from '../../inventory/collected.ts';
import type { Image } from '../../inventory/image.ts';
import type { KeyPair } from '../../inventory/key-pair.ts';
import type { LaunchTemplate } from '../../inventory/launch-template.ts';
import type { Parameter } from '../../inventory/parameter.ts';
import type { PrefixList } from '../../inventory/prefix-list.ts';
import type { SecurityGroup } from '../../inventory/security-group.ts';
import type { Snapshot } from '../../inventory/snapshot.ts';
import type { OperationOf, OperationType, Ref } from '../model.ts';

/** One region while steps are applied to it: its objects by what identifies them. */
export class Region {
  readonly before: Snapshot;
  readonly groups: Map<string, SecurityGroup>;
  readonly lists: Map<string, PrefixList>;
  /** By name: the id of an old dump is not known. */
  readonly keys: Map<string, KeyPair>;
  readonly images: Map<string, Image>;
  readonly templates: Map<string, LaunchTemplate>;
  readonly parameters: Map<string, Parameter>;

  constructor(snapshot: Snapshot) {
    const byId = <Item extends { readonly id: string }>(items: readonly Item[]) =>
      new Map(items.map((item) => [item.id, item]));
    this.before = snapshot;
    this.groups = byId(itemsOf(snapshot.securityGroups));
    this.lists = byId(itemsOf(snapshot.prefixLists));
    this.keys = new Map(itemsOf(snapshot.keyPairs).map((key) => [key.name, key]));
    this.images = byId(itemsOf(snapshot.images));
    this.templates = byId(itemsOf(snapshot.launchTemplates));
    this.parameters = new Map(itemsOf(snapshot.parameters).map((p) => [p.name, p]));
  }

  /** The region as it is now. What could not be read stays unread. */
  snapshot(): Snapshot {
    const { before } = this;
    const now = <Item>(was: Collected<Item>, items: ReadonlyMap<string, Item>): Collected<Item> =>
      was.status === 'complete' ? complete([...items.values()]) : was;
    return {
      ...before,
      securityGroups: now(before.securityGroups, this.groups),
      prefixLists: now(before.prefixLists, this.lists),
      keyPairs: now(before.keyPairs, this.keys),
      images: now(before.images, this.images),
      launchTemplates: now(before.launchTemplates, this.templates),
      parameters: now(before.parameters, this.parameters),
    };
  }
}

/** Both regions while steps are applied, and the ids of what the steps made. */
export class World {
  readonly source: Region;
  readonly target: Region;
  readonly #ids = new Map<string, string>();

  constructor(source: Snapshot, target: Snapshot) {
    this.source = new Region(source);
    this.target = new Region(target);
  }

  /** The id of an object that exists or was made; null where the step that makes it was not done. */
  id(ref: Ref): string | null {
    return 'id' in ref ? ref.id : (this.#ids.get(ref.madeBy) ?? null);
  }

  /** An id for what a step makes: of the form that EC2 gives, and of no object of either side. */
  make(step: string, prefix: 'sg' | 'pl' | 'ami' | 'key' | 'lt', isTaken: (id: string) => boolean): string {
    for (let n = this.#ids.size; ; n += 1) {
      const id = `${prefix}-fade${n.toString(16).padStart(13, '0')}`;
      if (isTaken(id)) continue;
      this.#ids.set(step, id);
      return id;
    }
  }

  /** What a step made that has no separate id: the number of a version. */
  name(step: string, id: string): void {
    this.#ids.set(step, id);
  }

  /** The id of what a step made, for the findings about it. */
  madeBy(step: string): string | null {
    return this.#ids.get(step) ?? null;
  }
}

/** What one kind of step does to the two regions. `step`: its id. */
export type Apply<T extends OperationType> = (operation: OperationOf<T>, world: World, step: string) => void;
