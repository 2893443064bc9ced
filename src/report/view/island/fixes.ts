import type { Kind } from '../../../inventory/kinds.ts';
import { visible } from '../../../text/printable.ts';
import { plainFacts, type Report } from '../../model.ts';
import { type Digest, fixEffect, workloadKey } from '../digest.ts';
import { commandsOf } from './commands.ts';
import type { Positions } from './positions.ts';
import type { IslandFix } from './types.ts';

/** What others refer to is created first: a security group names prefix lists, a parameter holds the id of an image. */
const ORDER = {
  'prefix-list': 0,
  'security-group': 1,
  'key-pair': 2,
  image: 3,
  'launch-template': 4,
  'launch-configuration': 5,
  'auto-scaling-group': 6,
  instance: 7,
  stack: 8,
} as const satisfies Record<Kind, number>;

export function fixesOf(report: Report, digest: Digest, positions: Positions): IslandFix[] {
  return (report.causes ?? []).map((cause, i) => {
    const { verdict, together } = fixEffect(cause, i + 1, digest);
    const findings = cause.findings.flatMap((f) => positions.findingAt.get(f) ?? []);
    const first = digest.byFingerprint.get(cause.findings[0] ?? '');
    return {
      id: visible(cause.id),
      title: visible(cause.title).replace(/\.$/, ''),
      remedy: visible(cause.remedy),
      commands: commandsOf(cause.commands),
      config: configOf(cause.findings, digest),
      findings,
      workloads: cause.workloads.flatMap((w) => positions.workloadAt.get(workloadKey(w)) ?? []),
      effect: verdict ?? 'none',
      together,
      order: first ? ORDER[first.kind] : 0,
    };
  });
}

/** The config lines of its findings where all have the same. */
function configOf(fingerprints: readonly string[], { byFingerprint }: Digest): string {
  const lines = new Set(
    fingerprints.flatMap((f) => {
      const finding = byFingerprint.get(f);
      const config = finding ? plainFacts(finding).config : undefined;
      return typeof config === 'string' && config !== '' ? [config] : [];
    }),
  );
  const [only] = lines;
  return lines.size === 1 && only !== undefined
    ? only
        .split(/\r\n|\n|\r/)
        .map(visible)
        .join('\n')
    : '';
}
