import { describe, expect, it } from 'vitest';
import { ED25519 } from '../inventory/vectors.ts';
import { allow, type Estate, group, VPC } from '../kit/estate.ts';
import { complaints, planned } from './kit.ts';

/** Every name, tag and description is the text. */
function estateOf(text: string): Estate {
  const Tags = [{ Key: text.slice(0, 127), Value: text }];
  return {
    vpcs: [VPC],
    keyPairs: [{ KeyPairId: 'key-1', KeyName: text, PublicKey: ED25519.line, Tags }],
    securityGroups: [
      group(text, [allow('tcp', 22, 22, 'sg-x', 'pl-1')], { GroupId: 'sg-x', Description: text, Tags }),
    ],
    prefixLists: [
      { PrefixListId: 'pl-1', PrefixListName: text, MaxEntries: 2, Entries: ['192.0.2.0/24'], Tags },
    ],
    images: [{ ImageId: 'ami-1', Name: text.slice(0, 128), State: 'available', Tags }],
  };
}

describe('plan.sh', () => {
  it.each(['a\\nb\\', `'"'"'\\'`, '$(id) `id`', '--region', '-x\\', 'größe 😀\n', 'x'.repeat(255)])(
    'is a script that shellcheck, dash and bash find nothing in, for the name %j',
    (text) => {
      const made = planned(estateOf(text), { vpcs: [VPC] }, { allowWorldOpen: true });
      expect(made.plan.steps.length).toBeGreaterThan(5);
      expect(complaints(made)).toEqual([]);
    },
  );
});
