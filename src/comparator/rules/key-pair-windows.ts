import { opensWindowsPasswords } from '../../inventory/ec2-key-limits.ts';
import { windowsUsers } from '../workloads/uses.ts';
import { always, listed, rule } from './rule.ts';

const PASSWORD = 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetPasswordData.html';
const CREATE = 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateKeyPair.html';

export const keyPairUnusableForWindows = rule({
  id: 'key-pair/unusable-for-windows',
  kind: 'key-pair',
  title: 'Windows cannot use this key',
  severity: always('high'),
  compares:
    'The type of each key with the platform of what launches with it: of an instance its own, else that of the image.',
  why: "EC2 encrypts the administrator's password of a Windows instance with its key pair, and supports RSA alone for it: with an ED25519 key nobody can log in.",
  remedy: 'Create or import an RSA key pair for the Windows workloads and launch them with it.',
  links: [CREATE, PASSWORD],
  *find(pair, context) {
    for (const side of ['source', 'target'] as const) {
      const key = pair[side];
      if (!key) continue;
      const type = context.keys.known(key)?.key.type ?? key.type;
      if ((type !== 'rsa' && type !== 'ed25519') || opensWindowsPasswords({ type })) continue;
      const workloads = windowsUsers(key, context).map((w) => w.name);
      if (workloads.length > 0) yield { facts: { side, type, workloads }, apart: side };
    }
  },
  say: ({ side, type, workloads }, { name, ...region }) =>
    `"${name}" is an ${type.toUpperCase()} key, and in ${region[side]} Windows is launched with it: ${listed(workloads)}.`,
});
