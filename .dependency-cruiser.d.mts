export interface Boundary {
  readonly rooms?: readonly string[];
  readonly packages?: readonly string[];
  readonly node?: readonly string[] | 'all';
  readonly never?: readonly string[];
  readonly because: string;
}

/** What the test of the boundaries and the page about them use of `.dependency-cruiser.mjs`. */
export declare const BOUNDARIES: Readonly<Record<string, Boundary>>;
/** What the reasons of several rooms have in common. */
export declare const INSIDE: string;
export declare const PURE: string;
/** What every room of the comparator may import, and the files that describe one audit. */
export declare const BELOW: readonly string[];
export declare const CONTEXT: string;

declare const config: {
  readonly forbidden: readonly { readonly name: string; readonly comment: string }[];
  readonly options: Readonly<Record<string, unknown>> & {
    readonly enhancedResolveOptions: Readonly<Record<string, unknown>>;
  };
};
export default config;
