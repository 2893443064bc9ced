import type { Template, TemplateParameter } from '../inventory/template.ts';
import { toCondition } from './conditions.ts';
import type { Names } from './intrinsics.ts';
import { entriesOf, get, type Node, textOf } from './node.ts';

/** The Rules section: CloudFormation checks it before it creates anything (User Guide, Rules). */
export function rulesOf(
  section: Node | undefined,
  names: Names,
  parameters: readonly TemplateParameter[],
): Template['rules'] {
  return entriesOf(section).map(([name, { node, line }]) => {
    const when = get(node, 'RuleCondition');
    const assertions = get(node, 'Assertions');
    const items = assertions?.is === 'list' ? assertions.items : assertions ? [assertions] : [];
    return {
      name,
      line,
      when: when ? toCondition(when, names, parameters) : null,
      assertions: items.map((item) => {
        const assert = get(item, 'Assert');
        return {
          assert: assert
            ? toCondition(assert, names, parameters)
            : { is: 'unknown' as const, what: 'no assertion' },
          says: textOf(get(item, 'AssertDescription')),
        };
      }),
    };
  });
}
