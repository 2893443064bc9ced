/** What the test of the boundaries uses of `.dependency-cruiser.mjs`. */
export declare const BOUNDARIES: Readonly<Record<string, { readonly because: string }>>;

declare const config: {
  readonly forbidden: readonly { readonly name: string; readonly comment: string }[];
  readonly options: Readonly<Record<string, unknown>> & {
    readonly enhancedResolveOptions: Readonly<Record<string, unknown>>;
  };
};
export default config;
