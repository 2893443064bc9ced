import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The package's own folder: two up from here both in `src/` and in `dist/`. */
export const packageRoot: string = fileURLToPath(new URL('../../', import.meta.url));

interface PackageJson {
  name: string;
  version: string;
  bugs?: { url?: string } | string;
}

const packageJson = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
) as PackageJson;

/** What every report says it was made by. */
export const tool: { name: string; version: string } = {
  name: packageJson.name,
  version: packageJson.version,
};

/** Where to report a defect, if the package says so. */
export const bugsUrl: string | undefined =
  typeof packageJson.bugs === 'string' ? packageJson.bugs : packageJson.bugs?.url;
