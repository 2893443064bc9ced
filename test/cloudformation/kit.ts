import { evaluate, type Outcome, type Place, readTemplate } from '../../src/cloudformation/index.ts';
import type { Template, TemplateReference } from '../../src/inventory/template.ts';

export const HERE: Place = { region: 'us-east-1', account: '111122223333' };
export const THERE: Place = { region: 'eu-west-1', account: '111122223333' };

/** An outcome in a few words: `ami-1`, `ssm /name`, `own Group.GroupId`, `?Prod ami-1`, … */
export function said(outcome: Outcome): string {
  const when = outcome.when.map(({ condition, is }) => `${is ? '?' : '!'}${condition} `).join('');
  return when + plain(outcome);
}

function plain(outcome: Outcome): string {
  switch (outcome.is) {
    case 'value':
      return outcome.value;
    case 'ssm':
      return `ssm ${outcome.name}`;
    case 'resource':
      return `own ${outcome.logicalId}${outcome.attribute === null ? '' : `.${outcome.attribute}`}`;
    case 'absent':
      return 'nothing';
    case 'no-mapping-row':
      return `no row ${outcome.map}.${outcome.first}.${outcome.second ?? '*'}`;
    case 'no-export':
      return `no export ${outcome.name}`;
    case 'no-zone':
      return `no zone ${outcome.index} of ${outcome.count}`;
    case 'unresolved':
      return `unknown ${outcome.what}`;
  }
}

export function comesTo(reference: TemplateReference, template: Template, place: Place): string[] {
  return evaluate(reference.value, template, place).map(said);
}

/** Each reference of a template: where it stands, to what, and what it comes to in `HERE`. */
export function refersTo(text: string, place: Place = HERE): string[] {
  const template = readTemplate(text);
  return template.references.map(
    (r) =>
      `${r.resource} ${r.path.replace(/^Properties\./, '')} ${r.to}/${r.by}${r.launches ? ' launches' : ''}: ${comesTo(r, template, place).join(' | ')}`,
  );
}

/** Properties with the value at the path and nothing else. */
export function propertiesAt(path: readonly string[], value: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  const below = propertiesAt(rest, value);
  if (step === '*') return [below];
  if (!step.startsWith('[')) return { [step]: below };
  const pairs = step
    .slice(1, -1)
    .split(',')
    .map((pair) => pair.split('='));
  return { ...Object.fromEntries(pairs), ...(below as object) };
}
