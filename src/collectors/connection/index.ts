import { type ConnectionSettings, connectionSettings } from './settings.ts';
import { trusted } from './trust.ts';

/** How the clients of one side reach AWS, by the environment and by the side's profile. */
export interface Connection {
  readonly settings: ConnectionSettings;
  /** Certificate authorities in PEM format, in place of those of Node.js; null for those. */
  readonly ca: string | null;
}

/** @throws Unable for a setting that cannot be used. */
export async function connectionOf(profile: string | undefined): Promise<Connection> {
  const settings = await connectionSettings(profile);
  return { settings, ca: await trusted(settings.caBundle) };
}
