import { join, normalize, sep } from 'node:path';
import { isObject } from '../inventory/json-text.ts';
import { readTextFile, UnreadableText } from '../inventory/text-file.ts';

/** A stack of a cloud assembly. */
export interface AssemblyStack {
  /** The template, below the folder. */
  readonly file: string;
  /** Null where the stack is for any region that it is deployed to. */
  readonly region: string | null;
  /** Null where it is for any account. */
  readonly account: string | null;
  /** The name that it is deployed under; undefined where the manifest does not say it. */
  readonly stackName: string | undefined;
  /** The values of its template's parameters, which `cdk deploy` gives. */
  readonly parameters: ReadonlyMap<string, string>;
}

/** A folder that is no cloud assembly. The message says why in words that follow its name. */
export class NoAssembly extends Error {
  override name = 'NoAssembly';
}

const MANIFEST = 'manifest.json';
const MAX_BYTES = 64 * 2 ** 20;
/** Stages of a pipeline nest, but not as deep as this. */
const MAX_DEPTH = 20;

/**
 * The stacks that `cdk synth` wrote: those of the manifest, and of the assemblies in it (stages).
 * @throws NoAssembly
 */
export async function assemblyStacks(folder: string): Promise<readonly AssemblyStack[]> {
  const stacks = await stacksIn(folder, '', 0);
  if (stacks.length === 0) throw new NoAssembly(`holds a ${MANIFEST} that names no stack`);
  return stacks;
}

async function stacksIn(root: string, below: string, depth: number): Promise<AssemblyStack[]> {
  const artifacts = await artifactsOf(join(root, below));
  const stacks: AssemblyStack[] = [];
  for (const [id, artifact] of artifacts) {
    const { type, environment, properties } = artifact;
    const own = isObject(properties) ? properties : {};
    if (type === 'aws:cloudformation:stack' && typeof own.templateFile === 'string')
      stacks.push({
        file: inside(join(below, own.templateFile), id),
        ...placeOf(environment),
        stackName: typeof own.stackName === 'string' ? own.stackName : undefined,
        parameters: parametersOf(own.parameters),
      });
    if (type === 'cdk:cloud-assembly' && typeof own.directoryName === 'string') {
      if (depth >= MAX_DEPTH) throw new NoAssembly(`nests assemblies deeper than ${MAX_DEPTH} levels`);
      stacks.push(...(await stacksIn(root, inside(join(below, own.directoryName), id), depth + 1)));
    }
  }
  return stacks;
}

async function artifactsOf(folder: string): Promise<[string, Record<string, unknown>][]> {
  let text: string;
  try {
    text = await readTextFile(join(folder, MANIFEST), MAX_BYTES);
  } catch (error) {
    if (error instanceof UnreadableText)
      throw new NoAssembly(`is a folder, and its ${MANIFEST} ${error.message}`, { cause: error });
    throw error;
  }
  const manifest = parsed(text);
  const artifacts = isObject(manifest) ? manifest.artifacts : undefined;
  if (!isObject(artifacts)) throw new NoAssembly(`holds a ${MANIFEST} that lists no artifacts`);
  return Object.entries(artifacts).flatMap(([id, artifact]) => (isObject(artifact) ? [[id, artifact]] : []));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new NoAssembly(`holds a ${MANIFEST} that is not JSON`, { cause: error });
  }
}

/** A list is given as CloudFormation takes it, with commas. */
function parametersOf(parameters: unknown): ReadonlyMap<string, string> {
  const text = (value: unknown) => (Array.isArray(value) ? value.map(String).join(',') : String(value));
  const entries = isObject(parameters) ? Object.entries(parameters) : [];
  return new Map(entries.flatMap(([name, value]) => (value == null ? [] : [[name, text(value)]])));
}

/** "aws://111122223333/eu-west-1", "aws://unknown-account/unknown-region". */
function placeOf(environment: unknown): Pick<AssemblyStack, 'region' | 'account'> {
  const [, account = '', region = ''] =
    typeof environment === 'string' ? (/^aws:\/\/([^/]*)\/(.+)$/.exec(environment) ?? []) : [];
  return {
    account: /^\d{12}$/.test(account) ? account : null,
    region: region === '' || region === 'unknown-region' ? null : region,
  };
}

/** A manifest names files of the folder that it is in, and nothing outside of it. */
function inside(path: string, id: string): string {
  const plain = normalize(path);
  if (plain.startsWith(`..${sep}`) || plain === '..' || plain.startsWith(sep))
    throw new NoAssembly(`names a file outside of the folder in the artifact "${id}"`);
  return plain;
}
