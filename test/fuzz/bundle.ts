import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from '@cdktf/hcl2json';

/** What is wrong with the files of a plan: each is read by a parser that is not of this project. Null where nothing is. */
export async function faultOfBundle(folder: string): Promise<string | null> {
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name);
    const text = readFileSync(path, 'utf8');
    const fault = name.endsWith('.json')
      ? jsonFault(text)
      : name.endsWith('.sh')
        ? shellFault(path)
        : name.endsWith('.tf')
          ? await hclFault(name, text)
          : null;
    if (fault !== null) return `${name}: ${fault}`;
  }
  return null;
}

function jsonFault(text: string): string | null {
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    return String(error);
  }
}

function shellFault(path: string): string | null {
  const { status, stderr, error } = spawnSync('dash', ['-n', path], { encoding: 'utf8' });
  if (error) throw error;
  return status === 0 ? null : stderr;
}

async function hclFault(name: string, text: string): Promise<string | null> {
  try {
    await parse(name, text);
    return null;
  } catch (error) {
    return String(error);
  }
}
