import type { SideName } from '../vocabulary.ts';
import type { BoundTo } from './launches.ts';
import type { OriginFacts, RenameCandidateFacts, RivalFacts, Rows } from './shared.ts';

export type ToBeReplaced = { readonly to: BoundTo | 'image' | 'security-group'; readonly text: string };

/** What two launches can refer to otherwise. */
export type DifferingPart = 'key pair' | 'security groups' | 'image' | 'lifecycle hooks';

export type WorkloadFacts = {
  'workload/missing': OriginFacts & {
    readonly kind: string;
    readonly needs: readonly string[];
    readonly candidates: readonly RenameCandidateFacts[];
    /** What it names that means the source region or account only: a copy has to name the counterparts on the target. */
    readonly toBeReplaced: readonly ToBeReplaced[];
  };
  /** Several on the target could be its counterpart; `config`: the line that would decide it. */
  'workload/ambiguous': RivalFacts & { readonly config: string };
  'workload/launch-configuration-retired': { readonly account: string };
  'workload/differs': { readonly parts: readonly DifferingPart[]; readonly rows: Rows };
};

/** A reference that is wrong, and where it is written. */
export type ReferenceFacts = {
  /** As written. */
  readonly reference: string;
  readonly side: SideName;
  /** The template file; null where it is no file. */
  readonly file: string | null;
  readonly line: number | null;
  /** "version 7", "WebServer Properties.ImageId"; empty where there is only one place. */
  readonly at: string;
  /** What the template is written in; absent: CloudFormation, or no template. */
  readonly language?: 'terraform';
  /** The conditions of the template under which it counts, where they cannot be decided; else empty. */
  readonly when: string;
};

type NamedImage = { readonly id: string; readonly name: string | null };

type HardCodedFacts = ReferenceFacts & {
  readonly called: string | null;
  /** The region whose id it is; null: not known. Absent: the source region. */
  readonly region?: string | null;
  /** Whether it was not read if the target has the id. */
  readonly unread?: true;
};

export type ReferenceRuleFacts = {
  'reference/dangling': ReferenceFacts & {
    readonly to: string;
    readonly region: string;
    /** The region whose id it is, where it is known to be one of the other side; else null. */
    readonly ofRegion: string | null;
    /** Of a key pair that an object of the target names: the source has it, so importing it resolves this too. */
    readonly onSource: boolean;
    /** What of the target corresponds to the object that the id is of, as far as it is known: "ami-…", "sg-…"; else absent. */
    readonly corresponds?: string;
    /** Of two accounts in one region: who owns the image, which the other account sees and this one does not; else absent. */
    readonly notSharedBy?: string;
    /**
     * Of an image: why there is none. `not-shown`: EC2 does not return it to the account, so it is deregistered, of another
     * region or not shared; `no-id`: the text is not the id of an image; `no-parameter`.
     */
    readonly absent?: 'not-shown' | 'no-id' | 'no-parameter';
    /** Of an image that is named through an SSM parameter: the name of the parameter, and the image id that it gives. */
    readonly parameter?: string;
    readonly leadsTo?: string;
  };
  'reference/hard-coded-image': HardCodedFacts & {
    /** Of two accounts in one region: who owns the image and does not share it with the target's account; else absent. */
    readonly notSharedBy?: string;
  };
  'reference/hard-coded-group': HardCodedFacts;
  'reference/no-region-mapping': ReferenceFacts & {
    readonly map: string;
    readonly first: string;
    readonly second: string | null;
  };
  'reference/missing-parameter': ReferenceFacts & {
    readonly leadsTo: string | null;
    /** What is taken from it: "image", "key-pair", …; "value" where nothing of a launch is. Absent: an image. */
    readonly holds?: string;
    /** The region of the source, where `leadsTo` is an id of it; else absent. */
    readonly ofRegion?: string;
  };
  'reference/unsuitable-image': ReferenceFacts & {
    /** The SSM parameter that gives the image; null: it is named by its id. */
    readonly parameter: string | null;
    /** Of the target. */
    readonly image: NamedImage;
    /** "pending", "failed", "disabled", …; null: it can be launched, and is not what the parameter gives on the source. */
    readonly state: string | null;
    /** The image of the source that it is a copy of; null: not known. */
    readonly copyOf: string | null;
    /** What the parameter gives on the source. */
    readonly wanted: NamedImage | null;
  };
};
