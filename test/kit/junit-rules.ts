import type { XmlElement } from './xml.ts';

/** What an element may have and hold. `text`: words between its elements. */
interface Rules {
  readonly needs?: readonly string[];
  readonly may?: readonly string[];
  readonly holds?: readonly string[];
  readonly text?: true;
}

const ENDING = { may: ['type', 'message'], text: true } as const;

/** What the schema of Jenkins' xUnit plugin (junit-10.xsd) says of the elements that our reports have, written from it by hand. */
const RULES: Readonly<Record<string, Rules>> = {
  testsuites: { may: ['name', 'time', 'tests', 'failures', 'errors'], holds: ['testsuite'] },
  testsuite: {
    needs: ['name', 'tests', 'failures', 'errors'],
    may: ['group', 'time', 'skipped', 'timestamp', 'hostname', 'id', 'package', 'file', 'log', 'url'],
    holds: ['testsuite', 'properties', 'testcase', 'system-out', 'system-err'],
  },
  properties: { holds: ['property'] },
  property: { needs: ['name', 'value'] },
  testcase: {
    needs: ['name'],
    may: ['time', 'classname', 'group'],
    holds: ['skipped', 'error', 'failure', 'system-out', 'system-err'],
  },
  failure: ENDING,
  error: ENDING,
  skipped: ENDING,
  'system-out': { text: true },
  'system-err': { text: true },
};

/** The schema has a pattern for the times of suites, and allows any text as the time of a case. */
const TIME = /^[0-9,]*(\.[0-9]*)?$/;

/** Each difference from the rules, as a sentence; none: the plugin reads the document. */
export function faultsOf(element: XmlElement): string[] {
  const { name, attributes, children, text } = element;
  const rules = RULES[name];
  if (!rules) return [`${name} is no element`];
  const { needs = [], may = [], holds = [] } = rules;
  const allowed = [...needs, ...may];
  return [
    ...needs.filter((key) => attributes[key] === undefined).map((key) => `${name} needs ${key}`),
    ...Object.entries(attributes)
      .filter(
        ([key, value]) =>
          !allowed.includes(key) || (key === 'time' && name !== 'testcase' && !TIME.test(value)),
      )
      .map(([key, value]) => `${name} may not have ${key}="${value}"`),
    ...(rules.text || text.trim() === '' ? [] : [`${name} may not hold text`]),
    ...children.filter((c) => !holds.includes(c.name)).map((c) => `${name} may not hold ${c.name}`),
    ...children.filter((c) => holds.includes(c.name)).flatMap(faultsOf),
  ];
}
