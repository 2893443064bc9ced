import { count } from '../../text/counts.ts';
import { visible } from '../../text/printable.ts';
import type { Report } from '../model.ts';

export interface MappingRow {
  readonly what: string;
  readonly source: string;
  readonly target: string;
  readonly by: string;
}

const VPC_WORDS: Readonly<Record<string, string>> = {
  config: 'the config',
  id: 'its id: both sides are the same region and account',
  default: 'both are the default VPC',
  name: 'the Name tag',
  'only-one': 'each is the only one',
};

/** How objects were paired before anything was compared: VPCs, address ranges, names. */
export function mappingRows(mapping: Report['mapping']): MappingRow[] {
  if (!mapping) return [];
  const vpc = (end: { id: string; name: string | null } | null) =>
    end === null ? 'none' : end.name === null ? visible(end.id) : `${visible(end.name)} (${visible(end.id)})`;
  return [
    ...mapping.vpcs.map((v) => ({
      what: 'VPC',
      source: vpc(v.source),
      target: vpc(v.target),
      by: v.matchedBy === null ? 'no counterpart' : (VPC_WORDS[v.matchedBy] ?? visible(v.matchedBy)),
    })),
    ...mapping.cidrs.map((c) => ({
      what: 'address range',
      source: visible(c.from),
      target: visible(c.to),
      by: `the config: ${count(c.rules, 'source rule')} translated`,
    })),
    ...mapping.names.map((n) => ({
      what: visible(n.kind),
      source: visible(n.from),
      target: visible(n.to),
      by: 'the config',
    })),
  ];
}

/** One line for a terminal: what the config had a hand in. Empty where it had none. */
export function translatedSentence(mapping: Report['mapping']): string {
  if (!mapping) return '';
  const rules = mapping.cidrs.reduce((sum, c) => sum + c.rules, 0);
  const vpcs = mapping.vpcs.filter((v) => v.matchedBy === 'config').length;
  const parts = [
    ...(vpcs > 0 ? [count(vpcs, 'VPC')] : []),
    ...(rules > 0 ? [`${count(rules, 'rule')} by address range`] : []),
    ...(mapping.names.length > 0 ? [count(mapping.names.length, 'name')] : []),
  ];
  return parts.length > 0 ? `Translated by the config: ${parts.join(', ')}.` : '';
}
