import { stat } from 'node:fs/promises';
import { checkedEndpoint } from '../collectors/endpoint.ts';
import { isRegion, lacksDirection, REGIONS } from '../inventory/regions.ts';
import { Unable } from '../inventory/unable.ts';
import { nearest } from '../text/did-you-mean.ts';

/** Where one half of an audit comes from, known by the shape of its argument. */
export type Side =
  | { readonly form: 'live'; readonly text: string; readonly region: string; readonly profile?: string }
  | { readonly form: 'snapshot'; readonly text: string }
  | { readonly form: 'dumps'; readonly text: string }
  | { readonly form: 'listing'; readonly text: string };

const FORMS =
  'A side is a region (us-east-1 or us-east-1@profile), a snapshot file (.json or .json.gz), a folder of AWS CLI dumps or a listing of the classic EC2 tools.';

/** Whether the text names a file by its ending, as `snapshot -o` must and as a side is recognised. */
export function isSnapshotName(text: string): boolean {
  return /\.json(\.gz)?$/i.test(text);
}

/**
 * A region by the form of the text, even if a folder has that name; else the file or folder at the path.
 * @throws Unable when it is none of these, with the most similar name that exists.
 */
export async function parseSide(text: string): Promise<Side> {
  const at = text.indexOf('@');
  const region = at < 0 ? text : text.slice(0, at);
  if (isRegion(region)) {
    refuseMisspelt(region, text.slice(region.length));
    if (at < 0) return { form: 'live', text, region };
    const profile = text.slice(at + 1);
    if (profile !== '') return { form: 'live', text, region, profile };
    throw new Unable(
      `"${text}" names no profile after the @.`,
      `Write ${region}@profile, or ${region} alone.`,
    );
  }
  const found = await stat(text).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
    throw new Unable(`"${text}" cannot be read: ${error.message}.`, FORMS, { cause: error });
  });
  if (found?.isDirectory()) return { form: 'dumps', text };
  if (found && isSnapshotName(text)) return { form: 'snapshot', text };
  if (found && (await (await import('./listing-file.ts')).isListingFile(text)))
    return { form: 'listing', text };
  if (found)
    throw new Unable(
      `"${text}" is a file, but neither a snapshot by its name nor a listing by its first line.`,
      FORMS,
    );
  if (text === '') throw new Unable('A side is empty.', FORMS);
  if (looksLikePath(text)) throw new Unable(`"${text}" does not exist.`, FORMS);
  throw new Unable(
    `"${text}" is neither a region nor an existing file or folder.`,
    `${meant(region, text.slice(region.length))}${FORMS}`,
  );
}

/**
 * A typing error is said before anything is asked of AWS. A name that only is not in the table may be of a new region, and
 * is read.
 */
function refuseMisspelt(region: string, rest: string): void {
  const meant = lacksDirection(region) ? nearest(region, REGIONS) : undefined;
  if (meant === undefined) return;
  throw new Unable(`There is no region "${region}".`, `Did you mean ${meant}${rest}?`);
}

function looksLikePath(text: string): boolean {
  return isSnapshotName(text) || /[/\\]/.test(text) || text.startsWith('.');
}

function meant(region: string, rest: string): string {
  const zone = /^(.+-\d+)[a-z]$/.exec(region.toLowerCase())?.[1];
  const best = zone && REGIONS.includes(zone) ? zone : nearest(region, REGIONS);
  return best === undefined ? '' : `Did you mean ${best}${rest}? `;
}

/** The name of a region is a region even if a folder has that name; the user may have meant the folder. */
export async function shadowedFolder({ form, text }: Side): Promise<string | null> {
  if (form !== 'live') return null;
  const folder = await stat(text).catch(() => null);
  return folder?.isDirectory()
    ? `${text} is read from AWS; to use the folder of that name, write ./${text}`
    : null;
}

/** What the command line may set for live sides. */
export interface LiveOptions {
  readonly roleArn?: string;
  readonly externalId?: string;
  readonly endpointUrl?: string;
}

/** @throws Unable naming the flag or variable, for what is not an http(s) URL. */
export function endpointFrom(text: string, by: string): string {
  try {
    return checkedEndpoint(text);
  } catch (error) {
    if (!(error instanceof Unable)) throw error;
    throw new Unable(`${by}: ${error.message}`, error.hint, { cause: error });
  }
}

/** @throws Unable for what is not the ARN of a role. */
export function roleFrom(text: string, by: string): string {
  if (/^arn:aws[a-z-]*:iam::\d{12}:role\/\S+$/.test(text)) return text;
  throw new Unable(
    `${by} is "${text}", which is not the ARN of a role.`,
    'An example is arn:aws:iam::111122223333:role/Auditor.',
  );
}
