import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readDumps } from '../../src/collectors/dumps/index.ts';
import type { Snapshot } from '../../src/inventory/snapshot.ts';
import { SNAPSHOT_KINDS } from '../../src/inventory/snapshot.ts';
import { SCOPES } from '../../src/report/vocabulary.ts';
import { run } from './kit.ts';

/**
 * A folder of AWS CLI dumps of a region, made as a user would make it who has read no manual: begin with the caller's
 * identity, and run the command that each gap gives as its hint until there is no gap left.
 */
export async function dumpByHints(root: string, region: string, url: string): Promise<string> {
  const dir = join(root, region);
  await mkdir(dir, { recursive: true });
  const env = { AWS_ENDPOINT_URL: url };
  const caller = await run(
    'aws',
    ['sts', 'get-caller-identity', '--region', region, '--output', 'json'],
    env,
  );
  await writeFile(join(dir, 'caller.json'), caller.stdout);
  // No gap asks for it, since it only explains; get-allowed-images-settings moto does not know.
  const settings = ['ec2', 'get-ebs-encryption-by-default', '--region', region, '--output', 'json'];
  await writeFile(join(dir, 'encryption.json'), (await run('aws', settings, env)).stdout);
  const done = new Set<string>();
  for (;;) {
    const { snapshot } = await readDumps(dir, { flag: '--source-region', scopes: SCOPES });
    // Two kinds may be in one answer.
    const commands = new Set(
      hintsOf(snapshot).flatMap((hint) => /aws (?:ec2|autoscaling|cloudformation|ssm) .*$/.exec(hint) ?? []),
    );
    if (commands.size === 0) return dir;
    await Promise.all(
      [...commands].map(async (command) => {
        if (done.has(command)) throw new Error(`did not help: ${command}`);
        done.add(command);
        const { code, stderr } = await run('bash', ['-c', command], env);
        if (code !== 0) throw new Error(`${command}\nended with ${code}: ${stderr}`);
      }),
    );
  }
}

function hintsOf(snapshot: Snapshot): string[] {
  const kinds = SNAPSHOT_KINDS.flatMap((kind) => {
    const collected = snapshot[kind];
    return collected.status === 'failed' ? [collected.failure.hint] : [];
  });
  return [...kinds, ...snapshot.gaps.map(({ hint }) => hint)];
}
