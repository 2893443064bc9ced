import type { EC2ClientConfig } from '@aws-sdk/client-ec2';
import { Unable } from '../inventory/unable.ts';
import type { LiveSide } from './side.ts';

export type Credentials = Exclude<NonNullable<EC2ClientConfig['credentials']>, (...args: never[]) => unknown>;

/** Asks the user; null where that is not possible. */
export type Ask = (question: string) => Promise<string | null>;

/**
 * What the sides of one run share when they get credentials: the code of an MFA device is requested once for each profile, since AWS
 * takes each code once, and two questions are not asked at the same time.
 */
export class Login {
  readonly #ask: Ask;
  readonly #known = new Map<string, Promise<Credentials>>();
  #asked: Promise<unknown> = Promise.resolve();

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /** What `get` gave for the key before, unless it failed or expires soon. */
  async credentials(key: string, get: () => Promise<Credentials>): Promise<Credentials> {
    const earlier = this.#known.get(key);
    if (earlier) {
      const known = await earlier.catch(() => null);
      if (known && !expiresSoon(known)) return known;
      // Another side may have begun to get new ones meanwhile.
      const newer = this.#known.get(key);
      if (newer && newer !== earlier) return newer;
    }
    const getting = get();
    this.#known.set(key, getting);
    return getting;
  }

  /** The code of the MFA device. @throws Unable where the user cannot be asked. */
  async mfaCode(serial: string, { region, profile }: Pick<LiveSide, 'region' | 'profile'>): Promise<string> {
    const whose = profile ? ` of profile ${profile}` : '';
    const answer = this.#asked.then(() => this.#ask(`MFA code${whose} (${serial}): `));
    this.#asked = answer.catch(() => {});
    const code = (await answer)?.trim();
    if (code) return code;
    const name = profile ?? (process.env.AWS_PROFILE || 'default');
    throw new Unable(
      `${region}${profile ? `@${profile}` : ''}: the profile "${name}" requires a code of the MFA device ${serial}, and there is no terminal on which to enter it.`,
      `Run ec2-parity in a terminal. Or run \`eval "$(aws configure export-credentials --profile ${name} --format env)"\` in one and then ec2-parity with the region alone, without @${name}.`,
    );
  }
}

export function expiresSoon({ expiration }: Credentials): boolean {
  return expiration !== undefined && expiration.getTime() - Date.now() < 5 * 60_000;
}
