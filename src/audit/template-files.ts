import { join, resolve } from 'node:path';
import type { TemplateFile } from '../comparator/pairing/template-files.ts';
import { isObject } from '../inventory/json-text.ts';
import type { Template } from '../inventory/template.ts';
import { readTextFile, UnreadableText } from '../inventory/text-file.ts';
import { Unable } from '../inventory/unable.ts';
import type { TerraformPart } from '../terraform/index.ts';
import { printable } from '../text/printable.ts';
import { assemblyStacks, NoAssembly } from './cdk-assembly.ts';
import { followed, isFolder, MAX_BYTES, shown } from './nested-files.ts';

interface Given {
  readonly path: string;
  /** What names it: "--template". */
  readonly by: string;
}

/**
 * CloudFormation templates, plans and states of Terraform as `terraform show -json` prints them, and folders that the AWS
 * CDK writes (cdk.out). A file that is named twice counts once.
 * @throws Unable
 */
export async function readTemplates(files: readonly Given[]): Promise<readonly TemplateFile[]> {
  const once = new Map(files.map((file) => [resolve(file.path), file]));
  const templates: TemplateFile[] = [];
  for (const file of once.values()) templates.push(...(await readOne(file)));
  return templates;
}

async function readOne(given: Given): Promise<readonly TemplateFile[]> {
  if (await isFolder(given.path)) return readAssembly(given);
  const text = await textOf(given);
  const json = jsonIn(text);
  const terraform = json === undefined ? null : await terraformIn(json, given);
  return terraform ?? [{ file: shown(given.path), template: await templateIn(text, given) }];
}

async function textOf({ path, by }: Given): Promise<string> {
  try {
    return await readTextFile(path, MAX_BYTES);
  } catch (error) {
    if (!(error instanceof UnreadableText)) throw error;
    const binary = /^is not UTF|^is damaged gzip/.test(error.message);
    throw new Unable(
      `${by}: ${shown(path)}: it ${error.message}.`,
      binary
        ? 'Name a template in YAML or JSON. A plan of Terraform is read as what `terraform show -json PLAN` prints.'
        : 'Name a template file that you may read.',
      { cause: error },
    );
  }
}

function jsonIn(text: string): unknown {
  if (!/^\s*\{/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    // The log that Terraform prints with -json is one object a line.
    const [first = ''] = text.trimStart().split('\n', 1);
    return first.includes('"@level"') ? { '@level': 'info' } : undefined;
  }
}

type PartPlace = Pick<TerraformPart, 'region' | 'account'>;

/** The region, and the account where several parts are of one region. */
function placeShown({ region, account }: PartPlace, parts: readonly PartPlace[]): string {
  const where = region === null ? 'region not shown' : printable(region);
  const alike = parts.filter((part) => part.region === region);
  if (alike.length === 1) return where;
  return `${where}, ${account === null ? 'account not shown' : `account ${printable(account)}`}`;
}

/** Null for what is no file of Terraform. */
async function terraformIn(json: unknown, { path, by }: Given): Promise<readonly TemplateFile[] | null> {
  const { isTerraform, otherTerraformFile, readTerraform, UnreadableTerraform } = await import(
    '../terraform/index.ts'
  );
  const file = shown(path);
  const hint =
    'Name what `terraform show -json PLAN` prints of a plan, or `terraform show -json` of the current state.';
  const other = otherTerraformFile(json);
  if (other !== null) throw new Unable(`${by}: ${file}: it ${other}.`, hint);
  if (!isTerraform(json)) return null;
  try {
    const parts = readTerraform(json);
    return parts.map(({ region, account, applied, template }) => ({
      file,
      template,
      region,
      account,
      applied,
      language: 'terraform',
      of: file,
      name: parts.length > 1 ? `${file} (${placeShown({ region, account }, parts)})` : file,
    }));
  } catch (error) {
    if (!(error instanceof UnreadableTerraform)) throw error;
    throw new Unable(`${by}: ${file}: it ${printable(error.message, 300)}.`, hint, { cause: error });
  }
}

async function templateIn(
  text: string,
  given: Given,
  defaults: ReadonlyMap<string, string> = new Map(),
): Promise<Template> {
  const { path, by } = given;
  const { readWhole, UnreadableTemplate } = await import('../cloudformation/index.ts');
  try {
    return (await followed(readWhole(text, [], defaults), path, { depth: 0, files: 0 })).template;
  } catch (error) {
    if (!(error instanceof UnreadableTemplate)) throw error;
    const hint = /\.tf(?:\.json)?$/i.test(path)
      ? 'A configuration of Terraform is read as its plan: `terraform plan -out PLAN`, then name what `terraform show -json PLAN` prints.'
      : 'Name a CloudFormation template in YAML or JSON: `aws cloudformation validate-template` shows what is wrong with a template.';
    throw new Unable(
      `${by}: ${shown(path)}: ${/^line /.test(error.message) ? '' : 'it '}${printable(error.message, 300)}.`,
      hint,
      { cause: error },
    );
  }
}

async function readAssembly({ path, by }: Given): Promise<readonly TemplateFile[]> {
  try {
    const stacks = await assemblyStacks(path);
    const templates: TemplateFile[] = [];
    for (const { file, region, account, stackName, parameters } of stacks) {
      const own = { path: join(path, file), by };
      const text = await textOf(own);
      if (isWithoutResources(jsonIn(text))) continue;
      const template = await templateIn(text, own, parameters);
      templates.push({ file: shown(own.path), template, region, account, stackName, of: shown(path) });
    }
    if (templates.length === 0) throw new NoAssembly('holds only stacks without resources');
    return templates;
  } catch (error) {
    if (!(error instanceof NoAssembly)) throw error;
    throw new Unable(
      `${by}: ${shown(path)}: it ${printable(error.message, 300)}.`,
      'Name a template file, or the folder that `cdk synth` writes (cdk.out).',
      { cause: error },
    );
  }
}

/** `cdk deploy` leaves out a stack that has no resources, such as the one in which integration tests would put assertions. */
function isWithoutResources(template: unknown): boolean {
  return isObject(template) && !Object.hasOwn(template, 'Resources');
}
