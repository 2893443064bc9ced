import { Unable } from '../../inventory/unable.ts';
import type { NamedKeys } from '../../keys/text.ts';
import type { Arguments } from '../arguments.ts';
import type { Command, Context } from '../command.ts';
import { reportFailure } from '../errors.ts';
import { askPassphrase } from '../passphrase.ts';

export const fingerprint: Command = {
  name: 'fingerprint',
  summary: 'Every EC2 fingerprint of a public or private key file or of an authorized_keys file',
  positionals: {
    file: {
      required: true,
      many: true,
      describe:
        'Public keys (OpenSSH, authorized_keys, RFC 4716, PEM, DER) or private keys (PKCS#8, PKCS#1, OpenSSH); - is standard input',
    },
  },
  options: { json: { type: 'flag', describe: 'As JSON' } },
  examples: [
    ['fingerprint ~/.ssh/id_rsa.pub', 'to compare with what the EC2 console shows'],
    ['fingerprint key.pem', 'also the fingerprint of a key that EC2 created'],
  ],
  run: showFingerprints,
};

/** What can be read is printed; what cannot is said on stderr, one by one, and makes the code 2. */
async function showFingerprints(args: Arguments, context: Context): Promise<number> {
  const { signal, data } = context;
  const [{ keyFileBytes }, { readKeys }, { keysJson, keysText }] = await Promise.all([
    import('../../keys/file.ts'),
    import('../../keys/read.ts'),
    import('../../keys/text.ts'),
  ]);
  const files: NamedKeys[] = [];
  const failures: Unable[] = [];
  for (const path of args.positionals('file')) {
    const file = path === '-' ? '(standard input)' : path;
    try {
      const bytes = await keyFileBytes(path, context.stdin);
      files.push({
        file,
        ...(await readKeys(bytes, file, (label) => askPassphrase(label, context, signal))),
      });
    } catch (error) {
      if (!(error instanceof Unable)) throw error;
      failures.push(error);
    }
    signal.throwIfAborted();
  }
  failures.push(...files.flatMap(({ problems }) => problems.map((p) => new Unable(p.message, p.hint))));
  const json = args.flag('json');
  if (json || files.some(({ keys }) => keys.length > 0)) await data(json ? keysJson(files) : keysText(files));
  for (const failure of failures)
    reportFailure(failure, context, { verbose: args.flag('verbose'), noColor: args.flag('no-color') });
  return failures.length > 0 ? 2 : 0;
}
