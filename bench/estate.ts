import { complete } from '../src/inventory/collected.ts';
import { UNKNOWN_SETTINGS } from '../src/inventory/image-settings.ts';
import { UNREAD_FACTS } from '../src/inventory/launch-facts/index.ts';
import { securityGroupFrom } from '../src/inventory/security-group.ts';
import type { Snapshot } from '../src/inventory/snapshot.ts';

/** A region of `groups` groups with `rules` rules each; with `mutated`, every tenth group differs in one address. */
export function region(name: string, groups: number, rules: number, mutated = false): Snapshot {
  const mark = mutated ? 'b' : 'a';
  const rows = Array.from({ length: groups }, (_, g) =>
    securityGroupFrom({
      GroupId: `sg-${mark}${g}`,
      GroupName: `group-${g}`,
      Description: 'bench',
      VpcId: `vpc-${mark}`,
      OwnerId: '111122223333',
      IpPermissions: Array.from({ length: rules }, (_, r) => ({
        IpProtocol: r % 3 === 0 ? 'udp' : 'tcp',
        FromPort: 1000 + (r % 7),
        ToPort: 1000 + (r % 7) + (r % 5),
        IpRanges: [{ CidrIp: `10.${(g + r) % 256}.${mutated && g % 10 === 0 && r === 0 ? 255 : r}.0/24` }],
      })),
    }),
  );
  return {
    schemaVersion: 1,
    region: name,
    account: '111122223333',
    takenAt: '2026-11-15T06:00:00.000Z',
    origin: 'live',
    launchFacts: UNREAD_FACTS,
    vpcs: complete([
      {
        id: `vpc-${mark}`,
        name: 'prod',
        isDefault: false,
        ownerId: '111122223333',
        cidrs: ['10.0.0.0/8'],
        tags: { Name: 'prod' },
      },
    ]),
    keyPairs: complete([]),
    prefixLists: complete([]),
    securityGroups: complete(rows),
    images: complete([]),
    instances: complete([]),
    launchTemplates: complete([]),
    launchConfigurations: complete([]),
    autoScalingGroups: complete([]),
    stacks: complete([]),
    parameters: complete([]),
    otherImages: complete([]),
    staleReferences: null,
    recycledImages: null,
    imageSettings: UNKNOWN_SETTINGS,
    gaps: [],
  };
}
