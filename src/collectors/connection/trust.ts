import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Unable } from '../../inventory/unable.ts';
import type { Configured } from './values.ts';

/**
 * The certificate authorities of AWS_CA_BUNDLE or `ca_bundle`. As with the AWS CLI they are trusted in place of those of
 * Node.js, and not beside them.
 * @throws Unable where the file cannot be read or holds no certificate.
 */
export async function trusted(bundle: Configured<string> | null): Promise<string | null> {
  if (bundle === null) return null;
  const { value: path, by } = bundle;
  const text = await readFile(path, 'utf8').catch((error: Error) => {
    throw new Unable(`${by} ${path} cannot be read: ${error.message}.`, `Correct the path, or unset it.`, {
      cause: error,
    });
  });
  if (!usable(text)) {
    throw new Unable(
      `${by} ${path} holds no certificate in PEM format.`,
      'Name the file with the certificate of the authority: it begins with -----BEGIN CERTIFICATE-----.',
    );
  }
  return text;
}

/** OpenSSL takes a text without any certificate for an empty list, and would then trust no server. */
function usable(text: string): boolean {
  const blocks = text.match(
    /-----BEGIN (TRUSTED |X509 )?CERTIFICATE-----[^-]*-----END (TRUSTED |X509 )?CERTIFICATE-----/g,
  );
  return (blocks ?? []).some((block) => {
    try {
      return new X509Certificate(block).subject !== null;
    } catch {
      return false;
    }
  });
}
