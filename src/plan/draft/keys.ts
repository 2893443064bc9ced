import { perAudit } from '../../comparator/per-audit.ts';
import { itemsOf } from '../../inventory/collected.ts';
import { undocumentedBits } from '../../inventory/ec2-key-limits.ts';
import { publicKeyLine } from '../../inventory/public-key.ts';
import { userTags } from '../../inventory/tags.ts';
import type { Finding } from '../../report/model.ts';
import type { Planning } from '../planning.ts';
import type { Reason } from '../reasons/reason.ts';
import { NOT_PAIRED, pairOf } from './pairs.ts';

/** The id of the step that imports a key pair, by its name on the target. */
export const importKeyStep = (name: string): string => `import-key-pair:${name}`;

const namesOnTarget = perAudit(
  ({ target }): ReadonlySet<string> => new Set(itemsOf(target.keyPairs).map((key) => key.name)),
);

/**
 * Drafts the import of the public key of a key pair that the target does not have under its name.
 * @returns Why it is not imported, or null.
 */
export function addImport(finding: Finding, planning: Planning): Reason | null {
  const { context, drafts } = planning;
  const record = pairOf('key-pair', finding, planning)?.source;
  if (!record) return NOT_PAIRED;
  const known = context.keys.known(record);
  if (!known) return { type: 'no-public-key' };
  const bits = undocumentedBits(known.key);
  if (bits !== null) return { type: 'undocumented-key-length', bits };
  const name = context.names.keyPairs(record.name);
  if (namesOnTarget(context).has(name)) return { type: 'key-name-taken', name };
  drafts.add({
    id: importKeyStep(name),
    does: `Import the public key "${name}"`,
    side: 'target',
    needs: [],
    aims: [finding.fingerprint],
    operation: {
      type: 'import-key-pair',
      name,
      publicKey: publicKeyLine(known.key),
      tags: userTags(record.tags),
    },
  });
  return null;
}
