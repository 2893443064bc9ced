import * as z from 'zod';
import { RESTS_ON } from '../drift/rests-on.ts';
import { KINDS, SEVERITIES, SIDES } from '../report/vocabulary.ts';
import { didYouMean } from '../text/did-you-mean.ts';
import { ATTRIBUTES, isAttribute } from './attributes.ts';
import { matches } from './glob.ts';

/** What the config says of findings that are known: waived, of another severity, or not looked for. */

const RULE_IDS = Object.keys(RESTS_ON);

const rulePattern = z
  .string()
  .min(1)
  .check((ctx) => {
    if (RULE_IDS.some((id) => matches(ctx.value, id))) return;
    const meant = ctx.value.includes('*') ? '' : didYouMean(ctx.value, RULE_IDS);
    const message = `no rule has the id "${ctx.value}". ${meant}\`ec2-parity rules\` lists them`.trim();
    ctx.issues.push({ code: 'custom', message, input: ctx.value, continue: true });
  });

const subject = z
  .string()
  .min(1)
  .optional()
  .describe('The name of the object; * matches any characters, ? one. Default: any name.');
const scope = z
  .string()
  .min(1)
  .optional()
  .describe('The name of the VPC of a security group; * and ? as in `subject`. Default: any VPC.');
const kind = z.enum(KINDS).optional().describe('The kind of the object. Default: any kind.');

const until = z
  .string({ error: 'a waiver needs "until": a date (2027-01-31), or never' })
  .check((ctx) => {
    if (ctx.value === 'never' || isDay(ctx.value)) return;
    const message = `"${ctx.value}" is not a day like 2027-01-31, nor never`;
    ctx.issues.push({ code: 'custom', message, input: ctx.value, continue: true });
  })
  .meta({
    description: 'The last day on which it holds, in UTC, or `never`.',
    pattern: '^(?:never|\\d{4}-\\d{2}-\\d{2})$',
  });

const text = (what: string, description: string) =>
  z
    .string({ error: `a waiver needs "${what}"` })
    .trim()
    .min(1, `"${what}" is empty`)
    .describe(description);

export const waiverSchema = z.strictObject({
  rule: rulePattern.describe('The id of a rule, or a pattern with *.'),
  subject,
  kind,
  scope,
  side: z.enum(SIDES).optional().describe('Only where the object exists on this side. Default: either side.'),
  reason: text('reason', 'Why the finding is accepted; every report says it.'),
  owner: text('owner', 'Who answers for it: a person or a team.'),
  until,
  pin: z
    .string()
    .optional()
    .describe(
      'The `content` of the finding that is accepted: what is more than that comes back. Default: any content.',
    ),
});
export type WaiverConfig = Readonly<z.output<typeof waiverSchema>>;

export const ignoreSchema = z
  .strictObject({
    kind: z.enum(KINDS).describe('The kind of the objects.'),
    attribute: z
      .string()
      .min(1)
      .describe(
        'As a report names it: "boot mode", "tags.BuildHost", "description", "launch permissions", "launch permissions account 111122223333", "encryption"; of a security group also rules: "egress", "egress tcp 443 to 10.0.0.0/8"; of a prefix list "entry 10.0.0.0/8"; of what launches "key pair", "security groups", "image", "lifecycle hooks". * and ? as in `subject`.',
      ),
    subject,
    scope,
  })
  .check((ctx) => {
    const { kind, attribute } = ctx.value;
    if (isAttribute(kind, attribute)) return;
    const known: readonly string[] = ATTRIBUTES[kind];
    const message =
      known.length === 0
        ? `nothing of the kind ${kind} is compared with its counterpart, so there is nothing to ignore`
        : `nothing that is compared of the kind ${kind} is called "${attribute}". ${didYouMean(attribute, known)}Known are: ${known.join(', ')}`;
    ctx.issues.push({ code: 'custom', message, input: attribute, path: ['attribute'], continue: true });
  });

const criterion = (what: string) => z.string().min(1).optional().describe(what);
export const scopeSchema = z
  .strictObject({
    kind,
    name: criterion('The name of the object, or its id; * matches any characters, ? one. Default: any.'),
    vpc: criterion(
      'The VPC by Name tag, id, or "default": of security groups, instances, and what launches with groups of it. Default: any.',
    ),
    tag: criterion('"env=prod", "env=*", or "env" for any value. Default: any tags.'),
  })
  .check((ctx) => {
    if (Object.keys(ctx.value).length > 0) return;
    const message = 'an entry needs kind, name, vpc or tag';
    ctx.issues.push({ code: 'custom', message, input: ctx.value, continue: true });
  });

const verdict = z
  .enum([...SEVERITIES, 'off'])
  .describe('What the findings weigh; off: they are not reported.');
const some = z.strictObject({ severity: verdict, subject, kind, scope });

/** A severity or off, for all subjects of a rule or for some. Of several entries the first that fits decides. */
export const ruleSettingsSchema = z
  .record(z.string().meta({ enum: RULE_IDS }), z.union([verdict, some, z.array(some)]))
  .check((ctx) => {
    for (const id of Object.keys(ctx.value)) {
      if (RULE_IDS.includes(id)) continue;
      ctx.issues.push({
        code: 'custom',
        message: `no rule has the id "${id}". ${didYouMean(id, RULE_IDS)}\`ec2-parity rules\` lists them`,
        input: id,
        path: [id],
        continue: true,
      });
    }
  });
export type RuleSettings = Readonly<z.output<typeof ruleSettingsSchema>>;

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(text);
}
