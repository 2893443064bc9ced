import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DescribeLaunchTemplatesCommand, DescribeLaunchTemplateVersionsCommand } from '@aws-sdk/client-ec2';
import { readDumps } from '../../src/collectors/dumps/index.ts';
import { FACT_KINDS, FACTS, type FactKind } from '../../src/inventory/launch-facts/kinds.ts';
import type { Snapshot } from '../../src/inventory/snapshot.ts';
import { SNAPSHOT_KINDS } from '../../src/inventory/snapshot.ts';
import { SCOPES } from '../../src/report/vocabulary.ts';
import { clientOf } from './estate.ts';
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
    const commands = new Set(commandsOf(snapshot));
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

function commandsOf(snapshot: Snapshot): string[] {
  const kinds = SNAPSHOT_KINDS.flatMap((kind) => {
    const collected = snapshot[kind];
    return collected.status === 'failed' ? [collected.failure] : [];
  });
  return [...kinds, ...snapshot.gaps].flatMap(({ commands = [] }) => commands.map(({ shell }) => shell));
}

/** What moto does not answer as AWS does: without MaxResults it stops at 15 templates, and of all templates at once it gives no versions. */
export async function dumpTemplates(dir: string, region: string, url: string): Promise<void> {
  const client = clientOf(url, region);
  const { LaunchTemplates = [] } = await client.send(new DescribeLaunchTemplatesCommand({ MaxResults: 200 }));
  const answers = await Promise.all(
    LaunchTemplates.map(({ LaunchTemplateId }) =>
      client.send(new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateId })),
    ),
  );
  client.destroy();
  await mkdir(dir, { recursive: true });
  await writeFile(join(dir, 'templates.json'), JSON.stringify({ LaunchTemplates }));
  const rows = answers.flatMap((answer) => answer.LaunchTemplateVersions ?? []);
  await writeFile(join(dir, 'versions.json'), JSON.stringify({ LaunchTemplateVersions: rows }));
}

/** What moto does not know is answered with an error page: a folder then lacks it, as a live side does. */
const UNKNOWN_TO_MOTO: ReadonlySet<FactKind> = new Set([
  'placementGroups',
  'capacityReservations',
  'quotas',
  'groupVpcs',
  'metadataDefaults',
  'ebsDefaultKey',
]);

/** The answers of the commands that the tool names for what launches need, by the kinds that moto knows. */
export async function dumpFacts(dir: string, region: string, url: string): Promise<void> {
  const listed = FACT_KINDS.filter(
    (kind) => !UNKNOWN_TO_MOTO.has(kind) && !/ (?:KEY|GROUP)$/.test(FACTS[kind].call),
  );
  await Promise.all(
    listed.map(async (kind) => {
      const { service, call } = FACTS[kind];
      const command = [service, ...call.split(' '), '--region', region, '--output', 'json'];
      const { code, stdout, stderr } = await run('aws', command, { AWS_ENDPOINT_URL: url });
      if (code !== 0) throw new Error(`aws ${command.join(' ')} ended with ${code}: ${stderr}`);
      await writeFile(join(dir, `${kind}.json`), stdout);
    }),
  );
}
