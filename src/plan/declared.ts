import type { Step } from './model.ts';

/** A step of the plan that a file does not have, and why. The script does it. */
export interface LeftToScript {
  readonly step: Step;
  readonly because: string;
}

export interface BundleFile {
  readonly name: string;
  readonly text: string;
}

/** What one format declares of a plan. `Name`: the file that is always written, also where it declares nothing. */
export interface Declared<Name extends string = string> {
  readonly files: readonly [BundleFile & { readonly name: Name }, ...BundleFile[]];
  /** Whether the files declare anything. */
  readonly isEmpty: boolean;
  readonly left: readonly LeftToScript[];
}

/** The formats that declare what the script does step by step. */
export interface DeclaredFormats {
  readonly terraform: Declared<'main.tf'>;
  readonly cloudformation: Declared<'cloudformation.json'>;
}
