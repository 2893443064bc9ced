import { within } from '../../cloudformation/reach.ts';
import type { Gap, NotLookedAt } from '../../report/model.ts';
import { count } from '../../text/counts.ts';
import type { Context } from '../context.ts';
import type { TemplateFile } from '../pairing/template-files.ts';
import { exportGaps, exportsNotLookedAt } from './stack-facts.ts';
import { namedNotLookedAt } from './stack-unasked.ts';
import { stacksOf } from './stack-users.ts';

/**
 * What templates that start instances import, where the exports were not read (what was denied is a gap), and template files
 * for other regions and accounts.
 */
export function stacksNotLookedAt(context: Context): NotLookedAt[] {
  return [
    ...(importsCount(context) ? exportsNotLookedAt(context) : []),
    ...namedNotLookedAt(context),
    ...filesNotLookedAt(context.filesApart),
  ];
}

/** Exports that could not be read: whether the stacks that import could be created is not known. */
export function stackGaps(context: Context): Gap[] {
  return importsCount(context) ? exportGaps(context) : [];
}

/** Whether a verdict depends on what the target exports. */
function importsCount(context: Context): boolean {
  return stacksOf(context).some(
    ({ side, launches, item }) =>
      side === 'source' &&
      launches &&
      item.template?.lookUps.some(({ value }) => [...within(value)].some((part) => part.is === 'import')),
  );
}

/** What was given to be judged and is for other regions or accounts. */
function filesNotLookedAt(apart: readonly TemplateFile[]): NotLookedAt[] {
  const places = [...new Set(apart.map(placeOf))].sort();
  if (apart.length === 0) return [];
  return [
    {
      what: `${count(apart.length, 'template')} of ${[...new Set(apart.map((t) => t.of ?? t.file))].sort().join(', ')} for ${places.join('; ')}`,
      side: 'target',
      because: 'Each is written for a region or an account that is neither of the two sides.',
    },
  ];
}

function placeOf({ region, account }: TemplateFile): string {
  return [region, account ? `account ${account}` : null].filter((part) => part).join(' in ');
}
