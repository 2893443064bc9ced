import { describe, expect, test } from 'vitest';
import { audit } from '../../src/cli/commands/audit.ts';
import { COMMANDS } from '../../src/cli/commands/index.ts';
import { OPTION_GROUPS } from '../../src/cli/option-groups.ts';
import { COMMON } from '../../src/cli/options.ts';
import { PHASES } from '../../src/report/vocabulary.ts';
import { run } from './kit/run.ts';

const help = async (...args: string[]) => (await run([...args, '--help'], { env: { COLUMNS: '80' } })).stdout;

describe('the help', () => {
  test.each(COMMANDS.map(({ name }) => name))('of %s fits 80 columns', async (name) => {
    const text = await help(name);
    expect(text).toContain(`ec2-parity ${name}`);
    expect(text.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  test('shows each example whole, in one line that can be copied', async () => {
    for (const { name, examples = [] } of COMMANDS) {
      const lines = (await help(name)).split('\n').map((line) => line.trim());
      for (const [example] of examples) expect(lines).toContain(`ec2-parity ${example}`);
    }
  });

  test('of audit groups its options, each under one heading', async () => {
    const text = await help('audit');
    for (const heading of Object.keys(OPTION_GROUPS)) expect(text).toContain(`\n${heading}\n`);
    expect(text).not.toContain('\nOptions:\n');
    const grouped = Object.values(OPTION_GROUPS).flat() as string[];
    expect(new Set(grouped).size).toBe(grouped.length);
    for (const name of Object.keys({ ...audit.options, ...COMMON })) expect(grouped).toContain(name);
  });

  test('of audit explains each phase', async () => {
    const text = await help('audit');
    const phases = text.slice(text.indexOf('\nPhases:\n'));
    for (const phase of PHASES) expect(phases).toMatch(new RegExp(`^  ${phase} +[A-Z]`, 'm'));
  });
});
