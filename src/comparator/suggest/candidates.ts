import { INVENTORY, NAMED_KINDS } from '../../inventory/kinds.ts';
import type { Snapshot } from '../../inventory/snapshot.ts';
import type { Config } from '../config.ts';
import { type ComparedKind, type Context, contextOf, type ItemOf } from '../context.ts';
import { renameCandidates } from '../groups/rename-candidates.ts';
import { type Counterpart, missing } from '../pairing/counterpart.ts';
import type { RenameCandidate } from '../pairing/rename-candidate.ts';
import { launcherCandidates } from '../workloads/rename-candidates.ts';
import type { Suggestion } from './suggestion.ts';

/** What the audit itself would offer with high confidence for what is still missing, one line each. */
export function candidateSuggestions(source: Snapshot, target: Snapshot, config: Config): Suggestion[] {
  const context = contextOf(source, target, { config, phase: 'readiness' });
  return NAMED_KINDS.flatMap((section) => {
    const { kind } = INVENTORY[section];
    const pairs = context.counterparts[kind] as readonly Counterpart<ItemOf[ComparedKind]>[];
    return pairs.flatMap((pair): Suggestion[] => {
      const item = missing(pair);
      const [first] = item ? candidatesFor(kind, item, context) : [];
      if (!item?.name || first?.confidence !== 'high') return [];
      const because = `${first.because.join(', ')}`;
      return [
        {
          section: `names.${section}`,
          from: item.name,
          to: first.name,
          supports: 1,
          contradicts: 0,
          because,
        },
      ];
    });
  });
}

function candidatesFor(
  kind: ComparedKind,
  item: ItemOf[ComparedKind],
  context: Context,
): readonly RenameCandidate[] {
  switch (kind) {
    case 'security-group':
      return renameCandidates(item as ItemOf['security-group'], context);
    case 'launch-template':
    case 'launch-configuration':
    case 'auto-scaling-group':
      return launcherCandidates(item as ItemOf['launch-template'], context);
    case 'key-pair':
    case 'prefix-list':
    case 'image':
    case 'instance':
    case 'stack':
      return [];
  }
}
