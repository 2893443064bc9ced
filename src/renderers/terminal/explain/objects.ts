import type { Finding, Report } from '../../../report/model.ts';
import { minute } from '../../../report/view/drift.ts';
import { pairingSentence } from '../../../report/view/pairing.ts';
import { visible } from '../../../text/printable.ts';
import { hang } from '../layout.ts';
import { tableLines } from '../rows.ts';
import type { Look } from './look.ts';

export function objects({ finding, report, pair, columns, p, heading }: Look): string[] {
  const ends = {
    source: pair ? pair.source : end(finding.subject.sourceId, finding),
    target: pair ? pair.target : end(finding.subject.targetId, finding),
  };
  const row = (label: string, of: (side: 'source' | 'target') => string) => [
    label,
    of('source'),
    of('target'),
  ];
  const rows = [
    row('', (side) => `${heading[side]} (${side})`),
    row('id', (side) => (ends[side] === null ? 'none' : visible(ends[side]?.id ?? ''))),
    row('name', (side) => visible(ends[side]?.name ?? '')),
    ...(finding.subject.scope === null
      ? []
      : [
          row('VPC', (side) => (ends[side] === null ? '' : vpcOf(report, side, finding.subject.scope ?? ''))),
        ]),
    row('account', (side) => visible(report[side].account ?? 'unknown')),
    row('read', (side) => minute(report[side].takenAt)),
  ];
  return [
    p.bold('OBJECTS'),
    ...tableLines(rows, [{ whole: true }, { whole: true }, { whole: true }], columns, '  '),
  ];
}

function end(id: string | null, { subject }: Finding): { id: string; name: string } | null {
  return id === null ? null : { id, name: subject.name };
}

/** The VPC of a side by name and id, where the report paired it. */
function vpcOf({ mapping }: Report, side: 'source' | 'target', scope: string): string {
  const found = (mapping?.vpcs ?? []).filter(({ source, target }) =>
    [source?.name, target?.name].includes(scope),
  );
  const [only] = found;
  const own = found.length === 1 ? only?.[side] : undefined;
  return own ? `${visible(own.name ?? own.id)} ${visible(own.id)}` : visible(scope);
}

const SURE = { strong: 'certain', medium: 'likely', weak: 'not certain' } as const;

export function paired({ pair, columns, p }: Look): string[] {
  if (!pair) return [];
  if (pair.source === null || pair.target === null)
    return [
      p.bold('NOT PAIRED'),
      ...hang(
        '  ',
        pair.state === 'ambiguous'
          ? 'More than one object could be its counterpart.'
          : 'No object of the other side was found to be its counterpart.',
        columns,
      ),
    ];
  const by = visible((pair.matchedBy ?? 'unknown').replaceAll('-', ' '));
  const sure = pair.matchStrength ? `: ${SURE[pair.matchStrength]}` : '';
  return [p.bold(`PAIRED BY ${by.toUpperCase()}${sure}`), ...hang('  ', pairingSentence(pair), columns)];
}
