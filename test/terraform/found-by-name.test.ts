import { describe, expect, it } from 'vitest';
import { noOtherImage } from '../../src/inventory/other-image.ts';
import type { Estate } from '../kit/estate.ts';
import { group, VPC } from '../kit/estate.ts';
import { audited, plan, ref, verdicts, why } from './kit.ts';

const IMAGE = 'ami-0bbbbbbbbbbbbbbbb';
const OTHER_VPC = { ...VPC, VpcId: 'vpc-0cccccccccccccccc' };

describe('a security group that a data source finds by its name', () => {
  const data = (written: object) => ({
    type: 'aws_security_group',
    mode: 'data' as const,
    name: 'web',
    values: { id: 'sg-0aaaaaaaaaaaaaaaa', name: 'web' },
    written,
  });
  const verdict = (written: object, groups: Estate, references = ['data.aws_security_group.web.id']) =>
    audited(
      plan({
        resources: [
          data(written),
          {
            type: 'aws_instance',
            values: { ami: IMAGE, vpc_security_group_ids: ['sg-0aaaaaaaaaaaaaaaa'] },
            written: { ami: IMAGE, vpc_security_group_ids: ref(...references) },
          },
        ],
      }),
      { images: [{ ImageId: IMAGE, Name: 'web', State: 'available' }], ...groups },
    );
  const web = (id: string, VpcId = VPC.VpcId) =>
    group('web', [], { GroupId: id, ...(VpcId ? { VpcId } : {}) });
  const one = { securityGroups: [web('sg-0bbbbbbbbbbbbbbbb')] };

  it.each([
    ['by name', { name: 'web' }],
    ['by a filter', { filter: [{ name: 'group-name', values: ['web'] }] }],
  ])('%s has to exist on the target', (_, written) => {
    expect(verdicts(verdict(written, one))).toEqual(['launchable']);
    const none = verdict(written, { securityGroups: [group('db', [])] });
    expect(verdicts(none)).toEqual(['blocked']);
    expect(why(none)).toEqual(['aws_instance.this -> security group web -> was not found in eu-west-1']);
  });

  it('is the group of any VPC', () => {
    const elsewhere = {
      vpcs: [VPC, OTHER_VPC],
      securityGroups: [web('sg-0bbbbbbbbbbbbbbbb', OTHER_VPC.VpcId)],
    };
    expect(verdicts(verdict({ name: 'web' }, elsewhere))).toEqual(['launchable']);
  });

  it('is not known where several have the name, where more than the name counts, and where no groups were read', () => {
    const two = {
      vpcs: [VPC, OTHER_VPC],
      securityGroups: [web('sg-0bbbbbbbbbbbbbbbb'), web('sg-0cccccccccccccccc', OTHER_VPC.VpcId)],
    };
    expect(verdicts(verdict({ name: 'web' }, two))).toEqual(['unknown']);
    expect(verdicts(verdict({ name: 'web', tags: { env: 'prod' } }, one))).toEqual(['unknown']);
    expect(verdicts(verdict({ tags: { env: 'prod' } }, one))).toEqual(['unknown']);
    expect(verdicts(verdict({ name: 'web' }, { unread: ['securityGroups'] }))).toEqual(['unknown']);
  });

  it('is missing where no group has the name, whatever else counts', () => {
    expect(verdicts(verdict({ name: 'web', vpc_id: ref('var.vpc') }, { securityGroups: [] }))).toEqual([
      'blocked',
    ]);
  });

  it('is meant by a reference to the whole of it', () => {
    expect(
      verdicts(verdict({ name: 'web' }, { securityGroups: [] }, ['data.aws_security_group.web'])),
    ).toEqual(['blocked']);
  });
});

describe('the image that a plan copies', () => {
  const copy = (source_ami_region: string, target: Estate, source: Estate = {}, actions = ['create']) => {
    const values = { name: 'web', source_ami_id: 'ami-0aaaaaaaaaaaaaaaa', source_ami_region };
    return audited(
      plan({
        resources: [
          { type: 'aws_ami_copy', values, written: values, actions },
          {
            type: 'aws_instance',
            values: {},
            written: { ami: ref('aws_ami_copy.this.id') },
            unknown: { ami: true },
          },
        ],
      }),
      target,
      source,
    );
  };
  const own = { images: [{ ImageId: 'ami-0aaaaaaaaaaaaaaaa', Name: 'web', State: 'available' }] };
  const gone = {
    otherImages: [noOtherImage('ami-0aaaaaaaaaaaaaaaa')],
  };

  it('has to exist in the region that it is copied from', () => {
    expect(verdicts(copy('us-east-1', {}, own))).toEqual(['launchable']);
    const report = copy('us-east-1', {}, gone);
    expect(verdicts(report)).toEqual(['blocked']);
    expect(report.findings.map((f) => f.message).join()).toContain(
      'copies image ami-0aaaaaaaaaaaaaaaa of us-east-1, which does not exist there',
    );
    expect(verdicts(copy('eu-west-1', gone, own))).toEqual(['blocked']);
  });

  it('is not known where it was not read, and is nothing to look for in a third region or once it was copied', () => {
    expect(verdicts(copy('us-east-1', {}))).toEqual(['unknown']);
    expect(verdicts(copy('ap-south-1', gone, gone))).toEqual(['launchable']);
    expect(verdicts(copy('us-east-1', {}, gone, ['no-op']))).toEqual(['launchable']);
  });
});
