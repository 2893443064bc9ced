import { type Collected, type FailureCode, failed } from '../inventory/collected.ts';
import { compareText } from '../inventory/order.ts';
import { REGIONS } from '../inventory/regions.ts';
import { Unable } from '../inventory/unable.ts';
import { groupBy } from '../text/groups.ts';
import { failure, isAboutCredentials } from './failures.ts';
import { refusedHint, sideName } from './identity.ts';
import type { CallStats } from './reader.ts';
import { type KnownRegions, nearestRegion } from './regions.ts';
import type { LiveSide } from './side.ts';

interface Facts {
  readonly side: LiveSide;
  readonly endpoint: string | null;
  readonly stats: CallStats;
  /** Null when DescribeRegions could not be asked. */
  readonly known: Promise<KnownRegions | null>;
}

/**
 * The common reason of failures that do not show it one by one. AWS answers AuthFailure for bad keys and for a region that
 * the account has not enabled, and a mistyped region is a host that does not exist.
 * One call that was answered proves region and credentials, even if the list of regions contradicts it.
 * @returns how to put a kind's result into the snapshot.
 * @throws Unable when nothing was answered, for a reason that the user has to correct first.
 */
export async function explain({
  side,
  endpoint,
  stats,
  known,
}: Facts): Promise<<I>(collected: Collected<I>) => Collected<I>> {
  const asIs = <I>(collected: Collected<I>) => collected;
  const [first] = stats.failed;
  if (stats.answered > 0 || !first) return asIs;
  const codes = stats.failed.map(({ failure: { code } }) => code);
  // Where DNS is slow, some calls end by time before it says that it does not know the name.
  const noHost =
    endpoint === null &&
    stats.failed.some(({ unknownHost }) => unknownHost) &&
    codes.every((code) => NO_ANSWER.has(code));

  const regions = await known;
  const here = regions?.get(side.region);
  const wrongClock = stats.failed.some(({ clock }) => clock !== null);
  if (here && !here.enabled && !wrongClock && codes.some(isAboutCredentials))
    return notEnabled(side.region, endpoint);
  if (regions ? !here && !codes.some(provesRegion) : noHost) throw noSuchRegion(side, regions);
  if (codes.every(isAboutCredentials)) {
    throw new Unable(
      `${sideName(side)}: AWS refused the credentials for every call; ${first.failure.message}.`,
      stats.failed.find(({ clock }) => clock !== null)?.clock ?? refusedHint(side),
    );
  }
  return unanswered(side.region, stats) ?? asIs;
}

const NO_ANSWER: ReadonlySet<FailureCode> = new Set(['unreachable', 'timed-out']);

/**
 * One cause, said once: an endpoint that is down fails every call, in a few ways (a refused connection, one that closes, one
 * that times out, a gateway that answers for it), and the kinds get one message without the name of their call. Null where a
 * call failed otherwise.
 */
function unanswered(region: string, stats: CallStats) {
  if (!stats.failed.every(({ failure, unavailable }) => unavailable || NO_ANSWER.has(failure.code)))
    return null;
  const ways = [...groupBy(stats.failed, ({ failure }) => withoutAction(failure.message))]
    .map(([said, { length, [0]: first }]) => ({ said, count: length, failure: first?.failure }))
    .sort((a, b) => b.count - a.count || compareText(a.said, b.said));
  const [most] = ways;
  if (!most?.failure) return null;
  const { code, hint } = most.failure;
  const what = stats.failed.some(({ unavailable }) => unavailable)
    ? `Every call in ${region} failed`
    : `No call in ${region} was answered`;
  const message = `${what}: ${ways.map(({ said }) => said).join('; ')}`;
  const known = new Set(ways.map(({ said }) => said));
  return <I>(collected: Collected<I>): Collected<I> =>
    collected.status === 'complete' || !known.has(withoutAction(collected.failure.message))
      ? collected
      : failed({ code, message, hint });
}

/** "DescribeVpcs in us-east-1: connect ECONNREFUSED 127.0.0.1:9" without the call and its region. */
function withoutAction(message: string): string {
  return message.replace(/^[A-Z]\w+ in [a-z0-9-]+: /, '');
}

/** Refusals that only a region which is there can give. */
function provesRegion(code: FailureCode): boolean {
  return code === 'access-denied' || code === 'throttled' || code === 'truncated' || code === 'service-error';
}

function notEnabled(region: string, endpoint: string | null) {
  return <I>(collected: Collected<I>): Collected<I> => {
    if (collected.status === 'complete' || !isAboutCredentials(collected.failure.code)) return collected;
    const action = collected.failure.message.split(' ', 1)[0] ?? '';
    const said = `${region} is not enabled for this account (AWS answers as if the credentials were wrong)`;
    return failed(failure('region-not-enabled', { action, region, endpoint }, said));
  };
}

function noSuchRegion(side: LiveSide, known: KnownRegions | null): Unable {
  const { region } = side;
  if (known) {
    const meant = nearestRegion(region, [...known.keys()]);
    return new Unable(
      `${sideName(side)}: there is no region "${region}".`,
      meant ? `Did you mean ${meant}?` : `\`aws ec2 describe-regions --all-regions\` lists them.`,
    );
  }
  if (REGIONS.includes(region)) {
    return new Unable(
      `${sideName(side)}: no network: the host name of EC2 in ${region} cannot be resolved.`,
      'Check DNS and the network. If AWS is reached through a proxy, set HTTPS_PROXY.',
    );
  }
  const meant = nearestRegion(region, REGIONS);
  return new Unable(
    `${sideName(side)}: there is no region "${region}", or no network: its EC2 host name is not known.`,
    `${meant ? `Did you mean ${meant}? ` : ''}Check the spelling of the region (an example is us-east-1), then DNS and the network.`,
  );
}
