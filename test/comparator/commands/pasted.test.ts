import { describe, expect, it } from 'vitest';
import type { Report } from '../../../src/report/model.ts';
import { ED25519 } from '../../inventory/vectors.ts';
import { demoReport } from '../../kit/demo.ts';
import { allow, audit, type Estate, group, VPC } from '../../kit/estate.ts';
import { HOSTILE } from '../../kit/hostile.ts';
import { optionsOf, SHELLS, typed } from '../../kit/shell.ts';

const lines = (report: Report) =>
  [...report.findings, ...report.gaps].flatMap((f) => (f.commands ?? []).map((c) => c.shell));
const causes = (report: Report) =>
  (report.causes ?? []).flatMap((c) => (c.commands ?? []).map((l) => l.shell));

/** Every name, tag and description of an estate is this text; the target has nothing of it. */
function estateOf(text: string): Estate {
  const Tags = [{ Key: text.slice(0, 127) || 'k', Value: text }];
  return {
    vpcs: [VPC],
    keyPairs: [{ KeyPairId: 'key-1', KeyName: text, PublicKey: ED25519.line, Tags }],
    securityGroups: [
      group(text, [allow('tcp', 22, 22, 'sg-x', 'pl-1')], { GroupId: 'sg-x', Description: text, Tags }),
    ],
    prefixLists: [
      { PrefixListId: 'pl-1', PrefixListName: text, MaxEntries: 2, Entries: ['192.0.2.0/24'], Tags },
    ],
    images: [
      {
        ImageId: 'ami-1',
        Name: text,
        State: 'available',
        Tags,
        LaunchPermissions: [{ UserId: '999988887777' }],
      },
    ],
  };
}

describe('every command of a report, typed into sh and bash', () => {
  it('of the demo is taken without a complaint, findings and causes alike', async () => {
    const report = await demoReport();
    expect(lines(report).length).toBeGreaterThan(15);
    for (const shell of SHELLS) {
      const calls = typed(lines(report), shell);
      expect(calls.length).toBeGreaterThanOrEqual(lines(report).length);
      typed(causes(report), shell);
    }
  });

  it.each(
    Object.entries({
      ...HOSTILE,
      quotes: `'"'`,
      dash: '-x',
      glob: '* ?',
      history: '!! !$',
      file: 'file:///x',
    }),
  )('of an estate named %s brings its names as they are', (_, text) => {
    const report = audit(
      estateOf(text),
      { vpcs: [VPC] },
      { scopes: ['key-pairs', 'security-groups', 'images'] },
    );
    for (const shell of SHELLS) {
      const options = typed(lines(report), shell).map(optionsOf);
      const named = (name: string) => options.flatMap((o) => (name in o ? [o[name]] : []));
      expect(named('--key-name')).toEqual([text]);
      expect(named('--group-name')).toEqual([text]);
      expect(named('--description')).toEqual([text]);
      expect(named('--prefix-list-name')).toEqual([text]);
      expect(named('--name')).toEqual([text]);
      for (const [{ Tags }] of named('--tag-specifications') as [{ Tags: { Value: string }[] }][])
        expect(Tags.map((t) => t.Value)).toEqual([text]);
    }
  });

  it('gives no two findings the same command', async () => {
    const all = lines(await demoReport());
    expect(all.filter((line, i) => all.indexOf(line) !== i)).toEqual([]);
  });
});
