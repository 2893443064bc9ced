import type { Direction } from '../../../src/plan/model.ts';

/** A rule as an API takes it: ids of what exists. */
export interface BackendRule {
  readonly direction: Direction;
  readonly protocol: string;
  readonly from: number | null;
  readonly to: number | null;
  /** "cidr 10.0.0.0/8", "list pl-1", "group sg-1", "group 111122223333/sg-1". */
  readonly peer: string;
  readonly description: string | null;
}

export interface BackendVersion {
  readonly image: string | null;
  readonly instanceType: string | null;
  readonly keyName: string | null;
  readonly groups: readonly string[] | null;
  readonly description: string;
  readonly isDefault: boolean;
}

export interface BackendTemplate {
  readonly name: string;
  readonly description: string;
  readonly tags: Tags;
  /** As RequestLaunchTemplateData. */
  readonly data: object;
  /** The launch template of the source whose user data it gets, and the version that this is expected to be the latest of. */
  readonly userDataOf: { readonly templateId: string; readonly version: number } | null;
}

export interface BackendEntry {
  readonly cidr: string;
  readonly description: string | null;
}

/** What a declared file is deployed with, and the steps of a plan: one of memory, and one that sends requests to a server. */
export interface Backend {
  /** With the rules that EC2 gives to a new group. */
  createGroup(group: { vpcId: string; name: string; description: string; tags: Tags }): Promise<string>;
  revokeDefaultEgress(groupId: string): Promise<void>;
  authorize(groupId: string, rule: BackendRule): Promise<void>;
  createList(list: {
    name: string;
    family: string;
    maxEntries: number;
    entries: readonly BackendEntry[];
    tags: Tags;
  }): Promise<string>;
  /** The list as it is to be in the end. */
  setList(id: string, maxEntries: number, entries: readonly BackendEntry[]): Promise<void>;
  importKey(key: { name: string; publicKey: string; tags: Tags }): Promise<string>;
  putParameter(name: string, value: string): Promise<void>;
  copyImage(image: {
    name: string;
    description: string | null;
    source: string;
    region: string;
    encrypted: boolean;
    /** Whether with the key that a person chooses. */
    chosenKey: boolean;
    tags: Tags;
  }): Promise<string>;
  /** `who`: an account, "all", or an ARN. */
  grant(imageId: string, who: string, side: 'source' | 'target'): Promise<void>;
  /** On the source. */
  grantKey(keyId: string, principal: string): Promise<void>;
  grantSnapshot(snapshotId: string, account: string): Promise<void>;
  tag(id: string, tags: Tags): Promise<void>;
  createTemplate(template: BackendTemplate): Promise<string>;
  /** A version of a launch template, made from its latest one. */
  addVersion(templateId: string, version: BackendVersion): Promise<void>;
}

export type Tags = Readonly<Record<string, string>>;
