import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readSnapshot } from '../../src/inventory/store.ts';
import { storeFiles } from './store-kit.ts';

const { changed, file, folder } = storeFiles();

async function refusal(path: string): Promise<string> {
  const error = await readSnapshot(path).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ name: 'Unable', hint: expect.stringMatching(/./) });
  const { message, hint } = error as { message: string; hint: string };
  expect(`${message}${hint}`).not.toMatch(/\n/);
  expect(message).toContain(path);
  return message.replaceAll(path, 'FILE');
}

describe('a file that is no snapshot is refused with its name and what it is', () => {
  it.each([
    ['nothing', '', 'The snapshot FILE is empty.'],
    [
      'JSON cut short',
      '{"schemaVersion":1,\n"region":"us-e',
      'The snapshot FILE is incomplete or not JSON: value expected at line 2, column 10.',
    ],
    [
      'JSON that ends too early',
      '{"schemaVersion":1,\n',
      'The snapshot FILE is incomplete or not JSON: the text ends too early at line 2, column 1.',
    ],
    [
      'a trailing comma',
      '{"schemaVersion":1,\n"x":[1,\n]}',
      'The snapshot FILE is incomplete or not JSON: value expected at line 3, column 1.',
    ],
    [
      'a kind twice',
      '{"schemaVersion":1,\n"keyPairs":{"items":[1]},\n"keyPairs":{"items":[]}}',
      'The snapshot FILE has "keyPairs" twice in one object, the second time in line 3.',
    ],
    ['two values', '{}\n{}', 'The file FILE contains 2 JSON values; a snapshot is one value.'],
    [
      'a report',
      '{"schemaVersion":1,"verdict":"parity","pairs":[],"findings":[]}',
      'The file FILE is a report of ec2-parity, not a snapshot.',
    ],
    [
      'an answer of the AWS CLI',
      '{"KeyPairs":[]}',
      'The file FILE is not a snapshot: its "KeyPairs" looks like one answer of the AWS CLI.',
    ],
    [
      'something else',
      '{"a":1}',
      'The file FILE is not a snapshot of ec2-parity: it has no "schemaVersion".',
    ],
    ['a list', '[]', 'The file FILE is not a snapshot of ec2-parity: it has no "schemaVersion".'],
    ['null', 'null', 'The file FILE is not a snapshot of ec2-parity: it has no "schemaVersion".'],
    [
      'a newer snapshot',
      '{"schemaVersion":2}',
      'The snapshot FILE was made by a newer ec2-parity (schema version 2; this one reads 1).',
    ],
    [
      'text that is not UTF-8',
      Buffer.from([0x7b, 0xff, 0x7d]),
      'The snapshot FILE cannot be read: it is not UTF-8 text.',
    ],
    [
      'gzip cut short',
      gzipSync('{"schemaVersion":1}').subarray(0, -9),
      'The snapshot FILE cannot be read: it is incomplete gzip data.',
    ],
  ])('%s', async (_, content, message) => {
    expect(await refusal(await file('other.json', content))).toBe(message);
  });

  it('a file that is not there, and a folder', async () => {
    expect(await refusal(join(folder, 'absent.json'))).toBe(
      'The snapshot FILE cannot be read: it does not exist.',
    );
    expect(await refusal(folder)).toBe('The snapshot FILE cannot be read: it is a folder.');
  });

  it('a small gzip file that unpacks to more than Node can hold', async () => {
    const bomb = gzipSync(Buffer.alloc(2 ** 24, ' '));
    // Members of a gzip file may follow each other: 33 of 16 MiB are more than 512 MiB.
    const path = await file('bomb.json.gz', Buffer.concat(Array.from({ length: 33 }, () => bomb)));
    expect(await refusal(path)).toMatch(
      /^The snapshot FILE cannot be read: it contains more than 5\d\d MiB of text\.$/,
    );
  });
});

describe('a snapshot that was changed by hand is refused with the field', () => {
  const about = async (change: (text: string) => string) =>
    (await refusal(await changed(change))).replace('The snapshot FILE is not valid: ', '');

  it.each<[string, (text: string) => string, string]>([
    ['a field that is gone', (t) => t.replace('"region":"us-east-1",\n', ''), 'region is missing.'],
    [
      'a field too many',
      (t) => t.replace('"isDefault"', '"extra":1,"isDefault"'),
      'vpcs.items[0] holds "extra", which this version does not know.',
    ],
    [
      'a wrong type',
      (t) => t.replace('"isDefault":false', '"isDefault":"no"'),
      'vpcs.items[0].isDefault: expected boolean, received string.',
    ],
    [
      'a blank region',
      (t) => t.replace('"us-east-1"', '" "'),
      'region is empty; a region such as "us-east-1" is expected.',
    ],
    [
      'a time in another form',
      (t) => t.replace('00:00:00.000Z', '00:00:00Z'),
      'takenAt is "2026-11-01T00:00:00Z"; the canonical form is "2026-11-01T00:00:00.000Z".',
    ],
    [
      'no time',
      (t) => t.replace('2026-11-01T00:00:00.000Z', 'yesterday'),
      'takenAt "yesterday" is not a time.',
    ],
    [
      "the time of another owner's image in another form",
      (t) => t.replace('2026-10-01T12:00:00.000Z', '2026-10-01T12:00:00Z'),
      'otherImages.items[0].createdAt is "2026-10-01T12:00:00Z"; the canonical form is "2026-10-01T12:00:00.000Z".',
    ],
    [
      'one instance twice',
      (t) => t.replace(/(\{"id":"i-1".*\})/, '$1,\n$1'),
      'instances.items[1].id "i-1" is in items[0] already.',
    ],
    [
      'host bits in a VPC',
      (t) => t.replace('10.0.0.0/16', '10.0.0.5/16'),
      'vpcs.items[0].cidrs[0] is "10.0.0.5/16"; the canonical form is "10.0.0.0/16".',
    ],
    [
      'host bits in a rule',
      (t) => t.replace('10.0.0.0/8', '10.1.2.3/8'),
      'securityGroups.items[0].rules[0].peer.cidr is "10.1.2.3/8"; the canonical form is "10.0.0.0/8".',
    ],
    [
      'an address that is none',
      (t) => t.replace('10.0.0.0/8', '10.0.0/8'),
      'securityGroups.items[0].rules[0].peer.cidr: "10.0.0/8" is not an IPv4 or IPv6 address range.',
    ],
    [
      'a protocol by number',
      (t) => t.replace('"protocol":"tcp"', '"protocol":"6"'),
      'securityGroups.items[0].rules[0].protocol is "6"; the canonical form is "tcp".',
    ],
    [
      'ports where there are none',
      (t) => t.replace('"protocol":"tcp"', '"protocol":"-1"'),
      'securityGroups.items[0].rules[0].from is 22; the canonical form is null.',
    ],
    [
      'ports upside down',
      (t) => t.replace('"from":22', '"from":23'),
      'securityGroups.items[0].rules[0]: "23-22" is not a port range.',
    ],
    [
      'a comment after a key',
      (t) => t.replace(/(AAAAB3[^"]*)/, '$1 me@host'),
      expect.stringContaining('keyPairs.items[0].publicKey is "ssh-rsa AAAA') as unknown as string,
    ],
    [
      'one name twice',
      (t) => t.replace('"name":"b"', '"name":"a"'),
      'keyPairs.items[1].name "a" is in items[0] already.',
    ],
    ['a blank id', (t) => t.replace('"id":"vpc-1"', '"id":""'), 'vpcs.items[0].id is blank.'],
    [
      'a tag that is no text',
      (t) => t.replace('"tags":{}', '"tags":{"__proto__":{"polluted":1}}'),
      'vpcs.items[0].tags.__proto__ is not a text.',
    ],
    [
      'a status that is none',
      (t) => t.replace('"status":"complete"', '"status":"fine"'),
      "vpcs.status: Expected 'complete' | 'failed'.",
    ],
  ])('%s', async (_, change, message) => {
    expect(await about(change)).toEqual(message);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});
