import { itemsOf } from '../../inventory/collected.ts';
import type { Instance } from '../../inventory/instance.ts';
import type { Refusal } from '../../report/rules/launches.ts';
import type { Context } from '../context.ts';
import { factsOf } from './facts.ts';
import { type Checked, found, NOTHING_FOUND } from './judging.ts';
import type { JudgedWorkload, Start } from './starts.ts';

/**
 * Network interfaces and private addresses of the target that something else uses already. What the workload's own instance
 * uses is no fault: that one runs.
 */
export function inUseChecks(
  { details, at, mode, owner }: Start,
  { judged }: Pick<JudgedWorkload, 'judged'>,
  context: Context,
): Checked {
  if (mode === 'source' || judged.kind === 'instance') return NOTHING_FOUND;
  if (details.interfaces.every(({ id, privateAddresses }) => id === null && privateAddresses.length === 0))
    return NOTHING_FOUND;
  const known = factsOf(context).target.all('networkInterfaces');
  if (known === null) return NOTHING_FOUND;
  // Without the instances of the target it is not known whose the interface is.
  const instancesRead = context.target.instances.status === 'complete';
  const others = known.filter(
    ({ status, instanceId }) =>
      status === 'in-use' && !isOwn(instanceId, [owner, judged.item].flatMap(namesOf), context),
  );
  const taken = (because: Refusal, what: string, steps: string[], by: string | null): Checked => {
    if (by !== null && !instancesRead)
      return {
        ...NOTHING_FOUND,
        unread: [
          {
            steps: [...steps, 'whether by an instance of this workload was not read'],
            kind: 'networkInterfaces',
            part: 'network',
            side: 'target',
          },
        ],
      };
    return found({
      rule: 'workload/refused',
      facts: { at, judged: mode, because, what, limit: null },
      verdict: 'blocked',
      steps,
      place: [at, because],
    });
  };
  const [byId] = details.interfaces.flatMap(({ id }) => others.filter((one) => one.id === id));
  if (byId)
    return taken(
      'interface-in-use',
      byId.id,
      [`network interface ${byId.id}`, 'is in use already'],
      byId.instanceId,
    );
  const [used] = details.interfaces.flatMap(({ subnetId, privateAddresses }) =>
    privateAddresses.flatMap((address) => {
      const by = others.find((one) => one.subnetId === subnetId && one.addresses.includes(address));
      return by ? [{ address, by }] : [];
    }),
  );
  if (!used) return NOTHING_FOUND;
  const { address, by } = used;
  return taken('address-in-use', address, [`private address ${address}`, 'is in use already'], by.instanceId);
}

function namesOf(item: object): string[] {
  return ['id', 'name'].flatMap((key) => {
    const value = (item as Readonly<Record<string, unknown>>)[key];
    return typeof value === 'string' ? [value] : [];
  });
}

/** Whether it is attached to an instance that the template or the group of one of these names started. */
function isOwn(instanceId: string | null, names: readonly string[], { target }: Context): boolean {
  const instance: Instance | undefined = itemsOf(target.instances).find(({ id }) => id === instanceId);
  const from = [instance?.launchTemplate?.id, instance?.launchTemplate?.name, instance?.autoScalingGroup];
  return from.some((text) => text != null && names.includes(text));
}
