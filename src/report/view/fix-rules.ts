import * as z from 'zod';
import { thousands } from '../../text/counts.ts';
import { andMore } from '../../text/lists.ts';
import { visible } from '../../text/printable.ts';
import type { Finding } from '../model.ts';
import type { RuleId } from '../rules/index.ts';
import * as facts from './fix-facts.ts';
import { is } from './fix-facts.ts';
import { kindWord } from './labels.ts';

/** What to do, as text and names. A name comes from an object of AWS or from a template, and is made visible. */
export type FixText = readonly (string | { readonly name: string })[];

/** A name in a text. */
export const named = (name: string) => ({ name: visible(name) });

interface About {
  readonly finding: Finding;
  /** What headings call the target: "eu-west-1". */
  readonly target: string;
}

/** An imperative for one finding. Null where its remedy gives alternatives, or where the facts do not decide its variant. */
export function ruleText(about: About): FixText | null {
  return Object.hasOwn(TEXTS, about.finding.rule) ? (TEXTS[about.finding.rule]?.(about) ?? null) : null;
}

const TEXTS: { readonly [Id in RuleId]?: (about: About) => FixText | null } = {
  'key-pair/missing': ({ finding: { subject, facts: own }, target }) =>
    is(z.object({ foundIn: z.string() }), own)
      ? ['Import key pair ', named(subject.name), ` into ${target}`]
      : is(z.object({ foundIn: z.null() }), own)
        ? ['Get the public key of key pair ', named(subject.name), ', and import it']
        : null,
  'key-pair/different-key': ({ finding: { subject } }) => [
    'Find out which ',
    named(subject.name),
    ' key is right, and import it',
  ],
  'key-pair/unusable-for-windows': ({ finding }) => {
    const own = is(z.object({ workloads: z.array(z.string()).min(1) }), finding.facts);
    if (!own) return null;
    const [only = '', ...rest] = own.workloads;
    return rest.length === 0
      ? ['Give Windows workload ', named(only), ' an RSA key pair']
      : [`Give ${thousands(own.workloads.length)} Windows workloads an RSA key pair`];
  },
  'security-group/missing': ({ finding }) => {
    // Each VPC has a default group: it is not created.
    if (finding.subject.name.toLowerCase() === 'default') return null;
    const own = is(facts.missingGroup, finding.facts);
    if (!own) return createdByStack(finding, 'security group');
    return [
      'Create security group ',
      named(finding.subject.name),
      own.beyondQuota === null ? '' : ' (raise quota first)',
    ];
  },
  'security-group/allows-less': ({ finding }) => {
    const own = is(facts.allowsLess, finding.facts)?.fix;
    return own ? rulesText(finding, own, 'allow', own.authorize) : null;
  },
  'security-group/allows-more': ({ finding }) => {
    const own = is(facts.allowsMore, finding.facts)?.fix;
    // Narrower rules are authorized before: only to revoke would block traffic that is needed.
    return own ? rulesText(finding, own, own.authorize.length > 0 ? 'replace' : 'revoke', own.revoke) : null;
  },
  'prefix-list/missing': ({ finding }) =>
    is(facts.missingList, finding.facts)
      ? ['Create prefix list ', named(finding.subject.name)]
      : is(z.object({ managedBy: z.literal('customer') }), finding.facts)
        ? createdByStack(finding, 'prefix list')
        : null,
  'prefix-list/entries-differ': ({ finding }) => {
    const own = is(facts.entriesDiffer, finding.facts);
    if (!own) return null;
    const ranges = [...own.onlySource, ...own.onlyTarget];
    const many = ranges.some((r) => r.startsWith('except'))
      ? ''
      : ` (${thousands(ranges.length)} ${ranges.length === 1 ? 'range differs' : 'ranges differ'})`;
    const start = own.changedBy ? [...changer(own.changedBy), 'make'] : ['Make'];
    return [...start, ' prefix list ', named(finding.subject.name), ' the same', many];
  },
  'image/missing-copy': ({ finding, target }) => {
    const own = is(facts.missingImage, finding.facts);
    return own ? transferText(finding.subject.name, own.transfer, target) : null;
  },
  'image/stale-copy': ({ finding, target }) => {
    const own = is(
      z.object({
        reason: z.enum(['rebuilt', 'newer-source']),
        newer: z.array(z.string()).min(1),
        transfer: z.unknown(),
      }),
      finding.facts,
    );
    if (own?.reason === 'newer-source') return transferText(own.newer[0] ?? '', own.transfer, target);
    return own ? copyAgain(finding, own.transfer, 'rebuilt since the copy') : null;
  },
  'image/not-a-copy': ({ finding, target }) => {
    const own = is(z.object({ copy: z.null(), transfer: facts.copied }), finding.facts);
    return own ? ['Copy image ', named(finding.subject.name), ` to ${target}, and refer to the copy`] : null;
  },
  'image/content-differs': ({ finding }) => {
    const own = is(z.object({ transfer: z.unknown() }), finding.facts);
    return own ? copyAgain(finding, own.transfer, 'other content') : null;
  },
  'image/unusable-copy': ({ finding }) => {
    const own = is(z.object({ state: z.string(), transfer: z.unknown() }), finding.facts);
    if (own?.state === 'pending') return ['Wait for the copy of image ', named(finding.subject.name)];
    return own && ['failed', 'error', 'invalid'].includes(own.state)
      ? copyAgain(finding, own.transfer, `the copy is ${own.state}`)
      : null;
  },
  'reference/dangling': ({ finding }) => {
    const own = is(facts.corresponding, finding.facts);
    return own
      ? [
          'Replace ',
          named(own.reference),
          ' by ',
          named(own.corresponds),
          ` in ${kindWord(finding.kind)} `,
          named(finding.subject.name),
        ]
      : null;
  },
};

/** Where a change is made that is not made manually in this account. */
function changer(by: NonNullable<facts.ChangedBy>): FixText {
  return by.is === 'stack' ? ['In stack ', named(by.stack), ': '] : ['Account ', named(by.account), ': '];
}

function createdByStack({ subject, facts: own }: Finding, word: string): FixText | null {
  const made = is(facts.byStackOfTarget, own);
  return made ? ['Have stack ', named(made.stack.onTarget), ` create ${word} `, named(subject.name)] : null;
}

/** `Security group app: allow tcp 8089-8090 from group:prod/web and 1 more`. */
function rulesText(
  { subject }: Finding,
  {
    changedBy: by,
    beyondQuota,
  }: { readonly changedBy: facts.ChangedBy; readonly beyondQuota: number | null },
  verb: string,
  rules: readonly string[],
): FixText {
  const [first = '', ...rest] = rules;
  return [
    ...(by ? [...changer(by), 'security group '] : ['Security group ']),
    named(subject.name),
    `: ${verb} `,
    // "from" and "to" say the direction.
    named(first.replace(/^(ingress|egress) /, '')),
    rest.length > 0 ? ` ${andMore(rest.length)}` : '',
    beyondQuota === null ? '' : ' (raise quota first)',
  ];
}

function transferText(name: string, transfer: unknown, target: string): FixText | null {
  if (is(facts.copied, transfer)) return ['Copy image ', named(name), ` to ${target}`];
  const shared = is(facts.sharedFirst, transfer);
  if (shared) return ['Share image ', named(name), ' with ', named(shared.targetAccount), ', and copy it'];
  return is(facts.builtThere, transfer) ? ['Build image ', named(name), ` in ${target}`] : null;
}

function copyAgain({ subject }: Finding, transfer: unknown, why: string): FixText | null {
  return is(facts.copied, transfer) ? ['Copy image ', named(subject.name), ` again (${why})`] : null;
}
