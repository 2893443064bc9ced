import type { Ref } from '../model.ts';
import type { Wanted } from '../names.ts';

/** JSON as a template holds it. */
export type Json = string | number | boolean | readonly Json[] | { readonly [key: string]: Json };

/** How a resource refers to what the plan makes, to ids that exist, and to the VPC of a group. */
export interface References {
  readonly id: (ref: Ref) => Json;
  readonly vpc: (vpcId: string) => Json;
}

/** A resource before it has its logical id. */
export interface Resource extends Wanted {
  readonly type: string;
  /** Rules can be in another template than their groups, and nothing refers to them. */
  readonly part: 'object' | 'rule';
  /** The attribute that holds the id, of something that rules refer to. */
  readonly idAttribute: 'GroupId' | 'PrefixListId' | null;
  /** Keys of the objects that the properties refer to. */
  readonly uses: readonly string[];
  readonly properties: (references: References) => Readonly<Record<string, Json | undefined>>;
}
