import * as z from 'zod';
import { thousands } from '../../text/counts.ts';
import type { Cause, Finding } from '../model.ts';
import type { RuleId } from '../rules/index.ts';
import * as facts from './fix-facts.ts';
import { is } from './fix-facts.ts';
import { type FixText, named, ruleText } from './fix-rules.ts';

/**
 * An imperative for a cause: the remedy in a few words. Null where the remedy gives alternatives, or where the facts do not
 * decide which of its variants applies.
 */
export function fixText(cause: Cause, own: readonly Finding[], target: string): FixText | null {
  const [first, ...others] = own;
  // Of a finding that the report does not list, nothing is known.
  if (!first || own.length !== cause.findings.length) return null;
  if (own.every(({ rule, kind }) => kind === 'stack' && TEMPLATE_RULES.has(rule))) return templateText(own);
  const shared = sharedReference(own) ?? sharedVpc(cause, own) ?? sharedFamily(cause, own, target);
  if (shared) return shared;
  if (others.length === 0) return ruleText({ finding: first, target });
  // One object whose correction resolves the other findings too: the cause then has the remedy of that object.
  const leading = own.filter(({ rule, remedy }) => LEADING.has(rule) && remedy === cause.remedy);
  const [lead] = leading;
  if (!lead || leading.length > 1) return null;
  const said = ruleText({ finding: lead, target });
  return said && lead.rule === 'prefix-list/missing' ? [...said, ...allowedIn(lead, own)] : said;
}

const LEADING: ReadonlySet<string> = new Set<RuleId>([
  'key-pair/missing',
  'security-group/missing',
  'prefix-list/missing',
  'prefix-list/entries-differ',
]);

const TEMPLATE_RULES: ReadonlySet<string> = new Set<RuleId>([
  'reference/hard-coded-image',
  'reference/hard-coded-group',
  'reference/no-region-mapping',
]);

function templateText(own: readonly Finding[]): FixText | null {
  const [first] = own;
  const one = new Set(own.map(({ subject }) => subject.name)).size === 1;
  if (!first || !one || !own.every((f) => is(facts.inTemplate, f.facts))) return null;
  const has = (rule: RuleId) => own.some((f) => f.rule === rule);
  const ids = [
    ...(has('reference/hard-coded-group') ? ['group id'] : []),
    ...(has('reference/hard-coded-image') ? ['image id'] : []),
  ];
  const what = [
    ...(has('reference/no-region-mapping') ? ['mapping'] : []),
    ...(ids.length > 1 ? ['ids'] : ids),
  ];
  return ['Edit template of stack ', named(first.subject.name), ` (${what.join(', ')})`];
}

/** One SSM parameter that all lack, or one id that all have. */
function sharedReference(own: readonly Finding[]): FixText | null {
  const one = <S extends z.ZodType<{ reference: string }>>(rules: readonly RuleId[], shape: S) => {
    const all = own.map((f) => (rules.includes(f.rule) ? is(shape, f.facts) : null));
    const [first] = all;
    return first && all.every((f) => f?.reference === first.reference) ? first : null;
  };
  const parameter = one(['reference/missing-parameter'], facts.missingParameter)?.reference;
  // AWS publishes some, another account shares others, and a reference can require a version.
  if (parameter !== undefined && !/^\/(aws|cdk-bootstrap)\/|:/.test(parameter))
    return ['Create SSM parameter ', named(parameter)];
  const id = one(['reference/hard-coded-image', 'reference/hard-coded-group'], facts.hardCoded)?.reference;
  return id !== undefined && own.length > 1
    ? ['Replace ', named(id), ` in ${thousands(own.length)} places`]
    : null;
}

/** `vpcs: { "legacy": "archive" }` */
const VPCS = /^vpcs: \{ ("(?:[^"\\]|\\.)*"): ("(?:[^"\\]|\\.)*") \}$/;

function sharedVpc({ remedy }: Cause, own: readonly Finding[]): FixText | null {
  // A group that is missing names no line of the config: it waits for the same VPC.
  const configs = new Set(own.flatMap((f) => is(z.object({ config: z.string() }), f.facts)?.config ?? []));
  const [config = ''] = configs;
  const [, source, candidate] = VPCS.exec(config) ?? [];
  if (configs.size > 1 || !source || !candidate || !remedy.endsWith(config)) return null;
  return [
    'Map VPC ',
    named(unquoted(source)),
    ' in the config (candidate: ',
    named(unquoted(candidate)),
    ')',
  ];
}

/** A report of other hands can have an escape here that JSON does not know. */
function unquoted(text: string): string {
  try {
    return String(JSON.parse(text));
  } catch {
    return text;
  }
}

/** Images of one family that a pipeline has to copy. */
function sharedFamily({ remedy }: Cause, own: readonly Finding[], target: string): FixText | null {
  const shape = z.object({ family: z.string().nullable(), transfer: facts.copied });
  const all = own.map((f) => is(shape, f.facts));
  const family = all.find((f) => f?.family)?.family;
  if (!family || all.includes(null)) return null;
  return remedy.startsWith(`Change the pipeline that builds "${family}" to copy each image to `)
    ? ['Copy each image of ', named(family), ` to ${target}`]
    : null;
}

/** The groups that then need their rule: a new prefix list admits nothing before a rule refers to it. */
function allowedIn({ subject }: Finding, own: readonly Finding[]): FixText {
  const waiting = own.filter(
    (f) =>
      f.rule === 'security-group/allows-less' &&
      is(facts.waitsForList, f.facts)?.fix.waitsFor[0].name === subject.name,
  );
  const groups = [...new Set(waiting.map((f) => f.subject.name))];
  const [only = ''] = groups;
  if (waiting.length !== own.length - 1) return [];
  return groups.length === 1
    ? ['; allow it in ', named(only)]
    : [`; allow it in ${thousands(groups.length)} groups`];
}
