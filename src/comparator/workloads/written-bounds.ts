import { evaluate } from '../../cloudformation/evaluate.ts';
import type { Place } from '../../cloudformation/index.ts';
import type { BoundKind, Template } from '../../inventory/template.ts';
import { isGiven } from './launch-texts.ts';

/** One value of a template that exists in one region only, as it would be in a place. */
export interface WrittenBound {
  readonly to: BoundKind;
  readonly resource: string;
  readonly path: string;
  readonly line: number | null;
  readonly text: string;
  /** Whether it counts only under a condition that nothing decides. */
  readonly open: boolean;
}

/** What was given to a deployed stack is given again on the target. */
export function writtenBounds(template: Template, place: Place): WrittenBound[] {
  return template.bounds.flatMap(({ resource, path, line, to, value }) =>
    evaluate(value, template, place).flatMap((outcome) =>
      outcome.is !== 'value' || isGiven(outcome, template)
        ? []
        : [
            {
              to,
              resource,
              path,
              line: outcome.line ?? line,
              text: outcome.value,
              open: outcome.when.length > 0,
            },
          ],
    ),
  );
}
