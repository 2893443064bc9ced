import type { Image } from '../../inventory/image.ts';
import type { KeyPair } from '../../inventory/key-pair.ts';
import { isListing } from '../../inventory/snapshot.ts';
import { type Chain, type Finding, isOf } from '../../report/model.ts';
import { SEVERITIES, type SideName } from '../../report/vocabulary.ts';
import type { Context } from '../context.ts';
import type { Counterpart } from '../pairing/counterpart.ts';
import { sharedCopiesUnasked } from '../pairing/image-access.ts';
import { SHARED } from '../pairing/images.ts';
import { hasCause, RULE_EFFECTS } from '../rules/effects.ts';
import { cancelsOut } from '../workloads/group-unions.ts';
import type { LaunchSpec } from '../workloads/launches.ts';
import type { Reference } from '../workloads/reference.ts';
import type { Judgements } from './judgements.ts';

/** What else a launch says of how it uses the object. */
export type Wearing = Pick<LaunchSpec, 'windows' | 'interfaces' | 'owner'>;

export type MakeChain = (verdict: Chain['verdict'], why: string, findings?: string[]) => Chain[];

/** Why a launch with one end of a pair does not do on the target what it does on the source. */
export function pairReasons(
  reference: Reference,
  side: SideName,
  judgements: Judgements,
  context: Context,
  spec: Wearing | null,
  chain: MakeChain,
): Chain[] {
  const { found, to } = reference;
  if (found.is !== 'key-pair' && found.is !== 'security-group' && found.is !== 'image') return [];
  const judged = judgements.of(found.item);
  const region = context.places.target;
  if (!judged) return chain('unknown', 'was not compared');
  const {
    counterpart,
    pair: { state },
    findings,
  } = judged;
  const of = (test: (f: Finding) => boolean) => findings.filter(test).map((f) => f.fingerprint);
  // After the migration what the target's own workloads refer to is there; only how it compares is asked.
  if (side === 'source') {
    const lacking = of((f) => RULE_EFFECTS[f.rule].launch.is === 'lacking');
    switch (counterpart.pairingStatus) {
      case 'alone':
        return chain(
          'blocked',
          found.is === 'image' && sharedCopiesUnasked(found.item, context.source, context.target)
            ? `account ${context.target.account} has no copy in ${region}`
            : LACKING[to](region),
          lacking,
        );
      case 'unread':
        return chain(
          'unknown',
          counterpart.because === undefined
            ? `whether ${region} has it could not be read`
            : `whether ${region} has it is not known: ${counterpart.because}`,
          of((f) => f.rule === 'image/undetermined'),
        );
      case 'ambiguous':
        return chain(
          'unknown',
          `which one in ${region} is its counterpart is not known`,
          of(() => true),
        );
      case 'paired':
        if (to === 'key-pair' && !bearsTheName(counterpart, context))
          return chain('blocked', `in ${region} the key has another name`, lacking);
    }
  }
  if (to === 'key-pair' && spec?.windows) {
    const key = (counterpart.target ?? found.item) as KeyPair;
    if ((context.keys.known(key)?.key.type ?? key.type) === 'ed25519')
      return chain(
        'blocked',
        'EC2 does not launch Windows with an ED25519 key',
        of((f) => f.rule === 'key-pair/unusable-for-windows'),
      );
  }
  const image = to === 'image' ? ((counterpart.target ?? found.item) as Image) : null;
  if (image && image.state !== 'available')
    return chain(
      'blocked',
      `${side === 'target' || counterpart.matchedBy === SHARED ? 'it' : 'its copy'} is ${image.state} in ${region}`,
      [
        ...of((f) => f.rule === 'image/unusable-copy'),
        ...judgements.about(reference, 'reference/unsuitable-image'),
      ],
    );
  const forbidden = of((f) => isOf(f, 'image/unusable-copy') && f.facts.state === 'not allowed');
  if (forbidden.length > 0) return chain('blocked', `Allowed AMIs of ${region} does not allow it`, forbidden);
  // The chain repeats the title of the finding, once per rule.
  const degrading = findings.filter(
    (f) =>
      RULE_EFFECTS[f.rule].launch.is === 'degrading' &&
      rank(f) <= rank({ severity: 'medium' }) &&
      !(
        spec &&
        found.is === 'security-group' &&
        hasCause(f, 'traffic') &&
        cancelsOut(f.facts.direction, found.item, spec.interfaces, context)
      ) &&
      // The copy is known by its lineage; another image that has the name is not its counterpart.
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
  return chain('unknown', `what it admits in ${region} could not be read completely`);
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
