import { execFile } from 'node:child_process';
import { statSync } from 'node:fs';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkSnapshot } from '../../src/inventory/snapshot-check.ts';
import { readSnapshot, snapshotText, writeSnapshot } from '../../src/inventory/store.ts';
import { anySnapshot } from './snapshot-arbitrary.ts';
import { small, storeFiles } from './store-kit.ts';

const { changed, file, folder } = storeFiles();

describe('a snapshot file', () => {
  it('gives back what was written, whatever AWS said', () => {
    fc.assert(
      fc.property(anySnapshot, (snapshot) => {
        expect(checkSnapshot(JSON.parse(snapshotText(snapshot)))).toEqual(snapshot);
      }),
      { numRuns: 300 },
    );
  });

  it('has the same bytes after it was read and written again', () => {
    fc.assert(
      fc.property(anySnapshot, (snapshot) => {
        const text = snapshotText(snapshot);
        expect(snapshotText(checkSnapshot(JSON.parse(text)))).toBe(text);
      }),
    );
  });

  it('has one item per line, so that a diff names what changed', () => {
    const lines = snapshotText(small).split('\n');
    expect(lines.filter((line) => line.includes('"name":"a"'))).toHaveLength(1);
    expect(lines.find((line) => line.includes('"name":"b"'))).toMatch(/^\{.*\}$/);
    expect(lines.at(-1)).toBe('');
  });

  it.each(['plain.json', 'packed.json.gz', 'new/folders/on/the/way.json'])('can be %s', async (name) => {
    const path = join(folder, name);
    await writeSnapshot(path, small);
    expect(await readSnapshot(path)).toEqual(small);
  });

  it('is gzipped when its name says so, with the same bytes each time', async () => {
    const [one, two] = [join(folder, 'one.json.gz'), join(folder, 'two.json.gz')];
    await writeSnapshot(one, small);
    await writeSnapshot(two, small);
    expect(gunzipSync(await readFile(one)).toString()).toBe(snapshotText(small));
    expect(await readFile(one)).toEqual(await readFile(two));
  });

  it('is known as gzip by its content: browsers unpack on the way and keep the name', async () => {
    expect(await readSnapshot(await file('unpacked.json.gz', snapshotText(small)))).toEqual(small);
    expect(await readSnapshot(await file('packed.json', gzipSync(snapshotText(small))))).toEqual(small);
  });

  it('may be in UTF-8 with a byte order mark, or in UTF-16 as PowerShell writes', async () => {
    expect(await readSnapshot(await file('bom.json', `\ufeff${snapshotText(small)}`))).toEqual(small);
    const utf16 = Buffer.from(`\ufeff${snapshotText(small).replaceAll('\n', '\r\n')}`, 'utf16le');
    expect(await readSnapshot(await file('utf16.json', utf16))).toEqual(small);
  });

  it('may have its items in any order; they are read in the one order', async () => {
    const path = await changed((text) =>
      text.replace(/(\{"id":null,"name":"a".*),\n(\{"id":null,"name":"b".*)\n/, '$2,\n$1\n'),
    );
    expect(await readSnapshot(path)).toEqual(small);
  });
});

const TURNED = [
  'interfaces',
  'versions',
  'launches',
  'pinnedByInstances',
  'devices',
  'licenses',
  'privateAddresses',
  'subnets',
  'zones',
  'targetGroups',
  'loadBalancers',
];

describe('what is inside the items of a snapshot file', () => {
  it('may stand in any order as well where no order means anything', () => {
    fc.assert(
      fc.property(anySnapshot, (snapshot) => {
        const turned = JSON.parse(snapshotText(snapshot), (key, value) =>
          TURNED.includes(key) && Array.isArray(value) ? value.toReversed() : value,
        );
        expect(checkSnapshot(turned)).toEqual(snapshot);
      }),
    );
  });
});

describe('writing a snapshot', () => {
  it('leaves the old file whole and nothing beside it when the limit on the size of files is reached half-way', async () => {
    const path = join(folder, 'kept', 'old.json');
    await writeSnapshot(path, small);
    const writer = new URL('../../src/inventory/write-file.ts', import.meta.url).href;
    const script = `
      import { writeWholeFile } from ${JSON.stringify(writer)};
      await writeWholeFile(${JSON.stringify(path)}, 'x'.repeat(1e6), 'snapshot');
    `;
    const node = [process.execPath, '--import', 'tsx', '--input-type=module', '--eval', script];
    // The write fails in its middle, and never too early or too late.
    const limited = ['-c', 'ulimit -c 0; ulimit -f 64; "$@"; echo ended with $?', 'limited', ...node];
    const { stdout, stderr } = await promisify(execFile)('bash', limited);
    expect(stdout).toBe('ended with 1\n');
    expect(stderr).toContain('it is larger than that file system allows');
    expect(await readSnapshot(path)).toEqual(small);
    expect(await readdir(join(folder, 'kept'))).toEqual(['old.json']);
  });

  it('names a folder that stands in the way', async () => {
    const path = join(folder, 'is-a-folder.json');
    await mkdir(path);
    await expect(writeSnapshot(path, small)).rejects.toMatchObject({
      name: 'Unable',
      message: `The snapshot cannot be written to ${path}: it is a folder.`,
      hint: 'Give the path of a file.',
    });
  });

  it('names a file that stands where a folder is needed', async () => {
    const path = join(await file('a-file', ''), 'sub', 'us.json');
    await expect(writeSnapshot(path, small)).rejects.toMatchObject({
      name: 'Unable',
      message: expect.stringContaining('a part of the path is a file'),
    });
  });

  it('to a device writes into it and does not put a file in its place', async () => {
    await writeSnapshot('/dev/null', small);
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
  });

  it('to a full device is reported as such', async () => {
    await expect(writeSnapshot('/dev/full', small)).rejects.toMatchObject({
      name: 'Unable',
      message: expect.stringContaining('no space is left'),
    });
  });
});
