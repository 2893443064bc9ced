import { Unable } from '../inventory/unable.ts';
import { isLoopback, sameEndpoint } from './endpoint.ts';
import { sideName } from './identity.ts';
import type { OpenSide } from './side.ts';

/**
 * Two live sides that are one place would be in perfect parity: by one endpoint override that
 * serves both regions, or by credentials and region that are the same.
 * @throws Unable
 */
export function refuseOnePlace(source: OpenSide, target: OpenSide): void {
  const sameServer = sameEndpoint(source.endpoint, target.endpoint);
  if (source.region !== target.region) {
    if (sameServer && source.endpoint !== null && !isLoopback(source.endpoint)) {
      throw new Unable(
        `Both sides would be the same place: ${source.endpoint} answers for ${source.region} and for ${target.region}.`,
        'Remove --endpoint-url and AWS_ENDPOINT_URL[_EC2] (or set AWS_IGNORE_CONFIGURED_ENDPOINT_URLS=true), or save each side with `ec2-parity snapshot` and compare the files.',
      );
    }
    const shared = source.otherEndpoints?.find((one) =>
      target.otherEndpoints?.some((other) => sameEndpoint(one, other) && !isLoopback(one)),
    );
    if (shared !== undefined) {
      throw new Unable(
        `Both sides would have the workloads of the same place: ${shared} answers for ${source.region} and for ${target.region}.`,
        'Give the profile of each side the endpoint of that region, or set AWS_IGNORE_CONFIGURED_ENDPOINT_URLS=true.',
      );
    }
    return;
  }
  if (!sameServer || !sameCaller(source, target)) return;
  const account = source.account ?? target.account;
  throw new Unable(
    `Both sides are the same place: ${sideName(source)} and ${sideName(target)} are ${source.region}${account ? ` of account ${account}` : ' with the same credentials'}.`,
    'Name two regions, or two profiles of different accounts. To compare a region with an earlier state, save it with `ec2-parity snapshot` first.',
  );
}

/** By account where both are known; else by what the credentials come from. */
function sameCaller(source: OpenSide, target: OpenSide): boolean {
  if (source.account !== null && target.account !== null) return source.account === target.account;
  return source.profile === target.profile && source.roleArn === target.roleArn;
}
