import type { Image } from '../../inventory/image.ts';
import { isListing } from '../../inventory/snapshot.ts';
import { type Chain, type Finding, isOf } from '../../report/model.ts';
import { SEVERITIES, type SideName } from '../../report/vocabulary.ts';
import type { Context } from '../context.ts';
import type { Counterpart } from '../pairing/counterpart.ts';
import { hasCause, RULE_EFFECTS } from '../rules/effects.ts';
import { cancelsOut } from '../workloads/group-unions.ts';
import type { LaunchSpec } from '../workloads/launches.ts';
import { type IssueOf, leadingTo, type Reference, referenceName } from '../workloads/reference.ts';
import { parameterIssue } from '../workloads/template-checks.ts';
import { workloadsOf } from '../workloads/workloads.ts';
import type { Judgements } from './judgements.ts';

/** What else a launch says of how it uses the thing. */
type Wearing = Pick<LaunchSpec, 'windows' | 'interfaces'>;

/** Why a launch with this reference would not succeed on the target as it does on the source; nothing where it would. */
export function referenceReasons(
  reference: Reference,
  side: SideName,
  judgements: Judgements,
  context: Context,
  spec: Wearing | null = null,
): Chain[] {
  const { found, parameter, text } = reference;
  const region = context.target.region;
  const name = referenceName(reference);
  const chain = (verdict: Chain['verdict'], why: string, findings: string[] = []): Chain[] => [
    { verdict, steps: [name, why], findings },
  ];

  if (parameter !== null && side === 'source') {
    const issue = parameterIssue(parameter, workloadsOf(context).index.target);
    return parameterReasons(
      issue,
      chain,
      judgements.about(reference, 'reference/missing-parameter'),
      context,
    );
  }
  switch (found.is) {
    case 'unread':
      return chain('unknown', found.gap ? 'was not looked up' : 'could not be read');
    case 'dangling': {
      const { source } = context;
      // Gone on its own side, and there over there: then over there it launches.
      const over = workloadsOf(context).index.target.key(context.names.keyPairs(text)).found;
      if (side === 'source' && reference.to === 'key-pair' && over.is === 'key-pair') return [];
      const why = `does not exist in ${side === 'target' ? region : source.region}`;
      return chain(
        'blocked',
        why,
        judgements.about(reference, 'reference/dangling', 'reference/missing-parameter'),
      );
    }
    case 'other-image':
      return side === 'target' ? [] : otherImageReasons(reference, chain, judgements, context);
    case 'key-pair':
    case 'security-group':
    case 'image':
      return pairReasons(reference, side, judgements, context, spec, chain);
    case 'prefix-list':
      return []; // no launch refers to one
  }
}

type MakeChain = (verdict: Chain['verdict'], why: string, findings?: string[]) => Chain[];

/** `issue`: of the parameter on the target; null: none. */
export function parameterReasons(
  issue: IssueOf<'missing-parameter' | 'unread'> | null,
  chain: MakeChain,
  findings: string[],
  context: Context,
): Chain[] {
  const region = context.target.region;
  switch (issue?.is) {
    case 'missing-parameter':
      return chain(
        'blocked',
        issue.leadsTo === null
          ? `no such parameter in ${region}`
          : `in ${region} ${leadingTo(issue.leadsTo)}`,
        findings,
      );
    case 'unread':
      return chain('unknown', `whether ${region} has it was not read`);
    case undefined:
      return [];
  }
}

function otherImageReasons(
  reference: Reference,
  chain: MakeChain,
  judgements: Judgements,
  context: Context,
): Chain[] {
  const { found, text } = reference;
  if (found.is !== 'other-image') return [];
  const { target } = workloadsOf(context).index;
  const region = context.target.region;
  const same = context.source.region === region ? target.imageById(text) : null;
  if (same?.is === 'image' || same?.is === 'other-image') return [];
  const twin = target.offers(found.item, context.source.region);
  if (!twin) return chain('unknown', `whether its owner offers it in ${region} was not looked up`);
  if (twin.exists && (twin.state === null || twin.state === 'available')) return [];
  const owner = found.item.ownerAlias ?? found.item.ownerId ?? 'its owner';
  return chain(
    'blocked',
    `${owner} offers no image of that name in ${region}`,
    judgements.about(reference, 'reference/hard-coded-image'),
  );
}

function pairReasons(
  { found, to }: Reference,
  side: SideName,
  judgements: Judgements,
  context: Context,
  spec: Wearing | null,
  chain: MakeChain,
): Chain[] {
  if (found.is !== 'key-pair' && found.is !== 'security-group' && found.is !== 'image') return [];
  const judged = judgements.of(found.item);
  const region = context.target.region;
  if (!judged) return chain('unknown', 'was not compared');
  const { counterpart, state, findings } = judged;
  const of = (test: (f: Finding) => boolean) => findings.filter(test).map((f) => f.fingerprint);
  // After the migration what the target's own workloads refer to is there; only how it compares is asked.
  if (side === 'source') {
    const lacking = of((f) => RULE_EFFECTS[f.rule].launch.is === 'lacking');
    switch (counterpart.pairingStatus) {
      case 'alone':
        return chain('blocked', LACKING[to](region), lacking);
      case 'unread':
        return chain('unknown', `whether ${region} has it could not be read`);
      case 'ambiguous':
        return chain(
          'unknown',
          `which one in ${region} stands for it cannot be told`,
          of(() => true),
        );
      case 'paired':
        if (to === 'key-pair' && !bearsTheName(counterpart, context))
          return chain('blocked', `in ${region} the key bears another name`, lacking);
    }
  }
  const image = to === 'image' ? ((counterpart.target ?? found.item) as Image) : null;
  if (image && image.state !== 'available')
    return chain(
      'blocked',
      `${side === 'target' ? 'it' : 'its copy'} is ${image.state} in ${region}`,
      of((f) => f.rule === 'image/unusable-copy'),
    );
  const forbidden = of((f) => isOf(f, 'image/unusable-copy') && f.facts.state === 'not allowed');
  if (forbidden.length > 0) return chain('blocked', `Allowed AMIs of ${region} does not allow it`, forbidden);
  // Whoever reads the chain is told what the finding's title says, once per rule.
  const degrading = findings.filter(
    (f) =>
      RULE_EFFECTS[f.rule].launch.is === 'degrading' &&
      rank(f) <= rank({ severity: 'medium' }) &&
      (spec?.windows || f.rule !== 'key-pair/unusable-for-windows') &&
      !(
        spec &&
        found.is === 'security-group' &&
        hasCause(f, 'traffic') &&
        cancelsOut(f.facts.direction, found.item, spec.interfaces, context)
      ) &&
      // The copy is known by its lineage; another image that bears the name is not what stands for it.
      !(f.rule === 'image/not-a-copy' && counterpart.matchStrength === 'strong'),
  );
  const chains = [...new Set(degrading.map((f) => f.rule))].flatMap((rule) => {
    const { launch } = RULE_EFFECTS[rule];
    if (launch.is !== 'degrading') return [];
    return chain(
      'degraded',
      launch.how,
      degrading.filter((f) => f.rule === rule).map((f) => f.fingerprint),
    );
  });
  if (chains.length > 0 || state !== 'undetermined' || isListing(context.target)) return chains;
  return chain('unknown', `what it admits in ${region} could not be read in full`);
}

/** A launch names its key: the same key under another name does not help it, unless the config says what it is called there. */
function bearsTheName({ source, target }: Counterpart<unknown>, { names }: Context): boolean {
  const [s, t] = [source as { name: string }, target as { name: string }];
  return t.name === names.keyPairs(s.name);
}

function rank({ severity }: Pick<Finding, 'severity'>): number {
  return SEVERITIES.indexOf(severity);
}

const LACKING = {
  'key-pair': (region: string) => `no such key pair in ${region}`,
  'security-group': (region: string) => `no such group in ${region}`,
  image: (region: string) => `no copy in ${region}`,
} as const;
