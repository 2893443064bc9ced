import type { Command } from '../command.ts';
import { accept } from './accept.ts';
import { audit } from './audit.ts';
import { completionOfAll } from './completion.ts';
import { demo } from './demo.ts';
import { explain } from './explain.ts';
import { exportListing } from './export.ts';
import { fingerprint } from './fingerprint.ts';
import { iamPolicy } from './iam-policy.ts';
import { init } from './init.ts';
import { matrix } from './matrix.ts';
import { merge } from './merge.ts';
import { plan } from './plan.ts';
import { render } from './render.ts';
import { rules } from './rules.ts';
import { schema } from './schema.ts';
import { snapshot } from './snapshot.ts';
import { suggestMap } from './suggest-map.ts';
import { waive } from './waive.ts';

/** In the order of the help. */
export const COMMANDS: readonly Command[] = [
  audit,
  snapshot,
  render,
  plan,
  explain,
  accept,
  waive,
  matrix,
  merge,
  init,
  suggestMap,
  rules,
  fingerprint,
  exportListing,
  iamPolicy,
  schema,
  completionOfAll(() => COMMANDS),
  demo,
];
