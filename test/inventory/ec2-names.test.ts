import { describe, expect, it } from 'vitest';
import { groupDescriptionFault, nameFault } from '../../src/inventory/ec2-names.ts';
import { CREATED_KINDS } from '../../src/inventory/template.ts';

describe('a name that AWS refuses in every region', () => {
  it.each([
    ['key-pair', ' web', 'cannot begin or end with a space'],
    ['key-pair', 'wéb', 'may hold ASCII characters only'],
    ['key-pair', 'k'.repeat(256), 'may have at most 255 characters'],
    ['security-group', 'default', 'is reserved for the default group of a VPC'],
    ['security-group', 'Default ', 'is reserved for the default group of a VPC'],
    ['security-group', 'sg-web', 'cannot begin with "sg-"'],
    ['security-group', 'SG-web', 'cannot begin with "sg-"'],
    ['security-group', 'web|db', 'may hold a-z, A-Z, 0-9, spaces and ._-:/()#,@[]+=&;{}!$* only'],
    ['launch-template', 'ab', 'needs at least 3 characters'],
    ['launch-template', 'a b c', 'may hold letters, digits and ().-/_ only'],
    ['auto-scaling-group', 'web:1', 'cannot hold a colon'],
    ['launch-configuration', 'c'.repeat(256), 'may have at most 255 characters'],
    ['role', 'r'.repeat(65), 'may have at most 64 characters'],
    ['instance-profile', 'a/b', 'may hold letters, digits and _+=,.@- only'],
    ['target-group', 't'.repeat(33), 'may have at most 32 characters'],
    ['target-group', 'web_1', 'may hold letters, digits and hyphens only'],
    ['classic-load-balancer', '-web', 'cannot begin or end with a hyphen'],
    ['parameter', 'awsImage', 'cannot begin with "aws" or "ssm"'],
    ['parameter', '/aws/image', 'cannot begin with "aws" or "ssm"'],
    ['parameter', 'my image', 'may hold letters, digits and _.-/ only'],
  ] as const)('%s "%s" %s', (kind, name, fault) => expect(nameFault(kind, name)).toBe(fault));

  it.each([
    ['key-pair', 'web key@2026'],
    ['security-group', 'my-sg-default'],
    ['security-group', 'web (prod) [1] {a}: b/c#d,e@f+g=h&i;j!k$l*m_n.o'],
    ['launch-template', 'web/prod_(1)'],
    ['auto-scaling-group', 'web prod'],
    ['parameter', '/lawson/ssm/image'],
  ] as const)('is not %s "%s"', (kind, name) => expect(nameFault(kind, name)).toBeNull());

  it('is never a short name of letters and digits', () => {
    for (const kind of CREATED_KINDS) expect(nameFault(kind, 'web1')).toBeNull();
  });
});

describe('the description of a security group', () => {
  it.each(["admin's net", 'a<b', 'naïve', 'd'.repeat(256)])('is refused: %s', (text) =>
    expect(groupDescriptionFault(text)).not.toBeNull(),
  );
  it('takes what a name takes', () =>
    expect(groupDescriptionFault('SSH from 10.0.0.0/8; see #12')).toBeNull());
});
