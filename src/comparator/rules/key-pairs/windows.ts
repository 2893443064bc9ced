import { opensWindowsPasswords } from '../../../inventory/ec2-key-limits.ts';
import type { KeyPair } from '../../../inventory/key-pair.ts';
import { listed } from '../../../text/lists.ts';
import type { Context } from '../../context.ts';
import { windowsUsers } from '../../workloads/users.ts';
import { always, rule } from '../rule.ts';

const PASSWORD = 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetPasswordData.html';
const CREATE = 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateKeyPair.html';

function typeOf(key: KeyPair | null, context: Context): 'rsa' | 'ed25519' | null {
  const type = key && (context.keys.known(key)?.key.type ?? key.type);
  return type === 'rsa' || type === 'ed25519' ? type : null;
}

export const keyPairUnusableForWindows = rule({
  id: 'key-pair/unusable-for-windows',
  title: 'Windows cannot use this key',
  short: 'unusable for Windows',
  severity: always('critical'),
  compares:
    'The type of each key with the platform of the workloads that launch with it: the platform of an instance, else that of the image.',
  why: 'EC2 does not support ED25519 keys for Windows instances, and refuses the launch: it encrypts the administrator password with the key pair, which requires an RSA key.',
  remedy: 'Create or import an RSA key pair for the Windows workloads and launch them with it.',
  links: [CREATE, PASSWORD],
  *find(pair, context) {
    const users = (key: KeyPair | null) => (key ? windowsUsers(key, context).map((w) => w.name) : []);
    const [here, there] = [users(pair.source), users(pair.target)];
    // What launches with the name on the source would launch with the key that has it on the target.
    const workloads = { source: here, target: [...new Set([...here, ...there])] };
    for (const side of ['source', 'target'] as const) {
      const type = typeOf(pair[side], context);
      if (type === null || opensWindowsPasswords({ type }) || workloads[side].length === 0) continue;
      yield {
        facts: { side, type, workloads: workloads[side] },
        discriminator: side,
        content: workloads[side],
      };
      return; // the same key on the target is the same finding
    }
  },
  message: ({ side, type, workloads }, { name, ...region }) =>
    `"${name}" is an ${type.toUpperCase()} key, and in ${region[side]} Windows is launched with it: ${listed(workloads)}.`,
});
