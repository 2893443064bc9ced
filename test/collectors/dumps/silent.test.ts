import { describe, expect, it } from 'vitest';
import { failureOf, gapsOf, group, read } from './kit.ts';

const rule = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22 };

describe('a row that is well-formed and says nothing is malformed, not empty', () => {
  it.each<[string, object, string]>([
    ['no list of rules', { IpPermissions: undefined }, 'has no IpPermissions'],
    ['null in its place', { IpPermissions: null }, 'has no IpPermissions'],
    ['no list of outgoing rules', { IpPermissionsEgress: undefined }, 'has no IpPermissionsEgress'],
    [
      'a rule without any peer',
      { IpPermissions: [rule] },
      'has a rule without address ranges, prefix lists and groups',
    ],
    [
      'a rule whose lists are all empty',
      { IpPermissions: [{ ...rule, IpRanges: [], Ipv6Ranges: [] }] },
      'has a rule without',
    ],
  ])('a security group with %s', async (_, more, said) => {
    const found = await read({ 'g.json': { SecurityGroups: [group('sg-1'), group('sg-2', more)] } });
    const failure = failureOf(found, 'securityGroups');
    expect(failure).toMatch(/^malformed: DIR\/g\.json, SecurityGroups\[1\] \(sg-2\): /);
    expect(failure).toContain(said);
  });

  it('but for the outgoing rules of EC2-Classic, which had none', async () => {
    const classic = group('sg-1', { VpcId: undefined, IpPermissionsEgress: undefined });
    const found = await read({ 'g.json': { SecurityGroups: [classic] } });
    expect(found.snapshot.securityGroups.status).toBe('complete');
  });

  it.each([[{}], [{ LaunchTemplateData: null }]])('a launch template version with %j', async (more) => {
    const found = await read({
      't.json': {
        LaunchTemplates: [
          {
            LaunchTemplateId: 'lt-1',
            LaunchTemplateName: 'web',
            DefaultVersionNumber: 1,
            LatestVersionNumber: 1,
          },
        ],
      },
      'v.json': { LaunchTemplateVersions: [{ LaunchTemplateId: 'lt-1', VersionNumber: 1, ...more }] },
    });
    expect(found.snapshot.launchTemplates).toMatchObject({ items: [{ id: 'lt-1', versions: null }] });
    expect(gapsOf(found)).toContainEqual(
      expect.stringMatching(
        /^launch-template malformed: DIR\/v\.json, .*: version 1 has no LaunchTemplateData\./,
      ),
    );
  });

  it.each([[{ Type: 'String' }], [{ Type: 'String', Value: null }], [{ Value: '' }], [{}]])(
    'an SSM parameter with %j',
    async (more) => {
      const found = await read({
        'p.json': { Parameters: [{ Name: '/p', ...more }], InvalidParameters: ['/none'] },
      });
      expect(failureOf(found, 'parameters')).toMatch(
        /^malformed: DIR\/p\.json, Parameters\[0\] \(\/p\): \/p has no value\./,
      );
    },
  );

  it('while a name that SSM calls invalid is a parameter that does not exist', async () => {
    const found = await read({ 'p.json': { Parameters: [], InvalidParameters: ['/none'] } });
    expect(found.snapshot.parameters).toMatchObject({ items: [{ id: '/none', value: null }] });
  });
});
