import { evaluate } from '../../cloudformation/evaluate.ts';
import type { Outcome, Place } from '../../cloudformation/index.ts';
import type { Template, TemplateFault } from '../../inventory/template.ts';
import type { Context } from '../context.ts';
import { givesImage } from './launch-image.ts';
import type { Demands, StackRefusal } from './stack-demands.ts';

/** How each fault is called where only some regions have it, and whether a deployed stack can have it elsewhere. */
const FAULTS = {
  'no-such-name': null,
  'no-such-condition': null,
  'no-value': null,
  'refused-text': null,
  'no-property': 'no-property-there',
  'no-image': 'no-image-there',
} as const satisfies Readonly<Record<TemplateFault['is'], StackRefusal['because'] | null>>;

const NONE: Demands = { refusals: [], doubts: [] };

/**
 * For what CloudFormation or EC2 refuses what is written, independent of what the target has.
 * @param isFile A deployed stack has passed the validation of its template: only what a condition decides can differ.
 */
export function faultDemands(
  fault: TemplateFault,
  template: Template,
  isFile: boolean,
  places: { readonly source: Place; readonly target: Place },
  context: Context,
): Demands {
  const { is, value, resource, type, path, line, file, what } = fault;
  const elsewhere = FAULTS[is];
  if (!isFile && elsewhere === null) return NONE;
  const there = value === undefined ? 'always' : lacking(evaluate(value, template, places.target));
  if (there === 'never') return NONE;
  if (!isFile && value && lacking(evaluate(value, template, places.source)) !== 'never') return NONE;
  const image = is === 'no-image' ? givesImage(resource, path, template, places.target, context) : 'none';
  if (image === 'given') return NONE;
  if (there === 'open') {
    if (image !== 'none') return NONE;
    const why = `whether it has ${what} depends on a condition that is not known`;
    return { refusals: [], doubts: [{ resource, type, why }] };
  }
  const depends = value !== undefined && value.is !== 'text';
  const because = elsewhere !== null && (depends || image === 'lacks-there') ? elsewhere : is;
  return { refusals: [{ because, resource, path, line, file, what }], doubts: [] };
}

function lacking(outcomes: readonly Outcome[]): 'always' | 'open' | 'never' {
  const found = outcomes.filter((o) => o.is !== 'absent');
  if (found.length === 0) return 'never';
  return found.some((o) => o.when.length === 0) ? 'always' : 'open';
}
