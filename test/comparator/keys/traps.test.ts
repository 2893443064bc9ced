import { describe, expect, it } from 'vitest';
import type { AwsKeyPair } from '../../../src/inventory/key-pair.ts';
import { ED25519, RSA } from '../../inventory/vectors.ts';
import { audit, finding, found, stateOf } from '../../kit/estate.ts';

/** Traps that others fell into, each by its usual name; `image-traps.test.ts` holds those of images. */
const rsa = (more: AwsKeyPair): AwsKeyPair => ({ KeyName: 'deploy', KeyType: 'rsa', ...more });
const ed = (more: AwsKeyPair): AwsKeyPair => ({ KeyName: 'deploy', KeyType: 'ed25519', ...more });
const keys = (source: AwsKeyPair, target: AwsKeyPair) =>
  audit({ keyPairs: [source] }, { keyPairs: [target] });

describe('one RSA key, created here and imported there, shows two fingerprints', () => {
  const created = RSA.sha1OfPrivate;

  it('is the same key where both public keys were read', () => {
    const report = keys(
      rsa({ KeyFingerprint: created, PublicKey: RSA.line }),
      rsa({ KeyFingerprint: RSA.md5OfSpki, PublicKey: RSA.line }),
    );
    expect(found(report)).toEqual([]);
    expect(stateOf(report, 'key-pair', 'deploy')).toBe('same');
  });

  it('is undetermined, and never a mismatch, where none was read', () => {
    const report = keys(rsa({ KeyFingerprint: created }), rsa({ KeyFingerprint: RSA.md5OfSpki }));
    expect(found(report)).toEqual(['key-pair/undetermined medium']);
  });
});

describe('what only looks different in an ED25519 key', () => {
  it('is the padding of its fingerprint', () => {
    const bare = ED25519.sha256.replace(/=+$/, '');
    expect(found(keys(ed({ KeyFingerprint: `${bare}=` }), ed({ KeyFingerprint: bare })))).toEqual([]);
  });

  it('is the comment, which EC2 sets to the name, and a newline at the end', () => {
    const [type, blob] = ED25519.line.split(' ');
    const report = keys(
      ed({ PublicKey: `${type} ${blob} deploy\n` }),
      ed({ PublicKey: `${type} ${blob} somebody@host` }),
    );
    expect(found(report)).toEqual([]);
  });
});

describe('one name, two keys', () => {
  it('is found although every template that names it would launch', () => {
    const report = keys(ed({ PublicKey: ED25519.line }), rsa({ PublicKey: RSA.line }));
    expect(finding(report, 'key-pair/different-key').severity).toBe('critical');
  });

  it('an instance may name a key since deleted: that is said, and not taken for the key of another side', () => {
    const instances = [{ InstanceId: 'i-1', State: { Name: 'running' }, KeyName: 'old' }];
    const report = audit({ instances }, { keyPairs: [] });
    expect(finding(report, 'reference/dangling').facts).toMatchObject({ to: 'key-pair', reference: 'old' });
  });
});

describe('a fingerprint is no identity', () => {
  it('two records of one fingerprint and two public keys are two keys', () => {
    const report = keys(
      ed({ KeyFingerprint: ED25519.sha256, PublicKey: ED25519.line }),
      rsa({ KeyFingerprint: ED25519.sha256, PublicKey: RSA.line }),
    );
    expect(found(report)).toContain('key-pair/different-key critical');
  });
});

describe('what uses a key is more than instances', () => {
  it('a launch template counts, and so does the group that launches by it, at zero too', () => {
    const report = audit(
      {
        keyPairs: [ed({ PublicKey: ED25519.line })],
        launchTemplates: [
          {
            LaunchTemplateId: 'lt-1',
            LaunchTemplateName: 'web',
            DefaultVersionNumber: 1,
            LatestVersionNumber: 1,
            Versions: [{ VersionNumber: 1, LaunchTemplateData: { KeyName: 'deploy' } }],
          },
        ],
        autoScalingGroups: [
          { AutoScalingGroupName: 'web', DesiredCapacity: 0, LaunchTemplate: { LaunchTemplateId: 'lt-1' } },
        ],
      },
      {},
    );
    expect(finding(report, 'key-pair/missing')).toMatchObject({
      severity: 'critical',
      usedBy: [{ kind: 'launch-template' }, { kind: 'auto-scaling-group' }],
    });
  });
});
