import type { Finding, Report } from '../../report/model.ts';
import { headingPlaces } from '../../report/places.ts';
import { type Digest, type FindingRow, findingRows, type ObjectName } from '../../report/view/digest.ts';
import { code, text } from '../../text/markdown.ts';
import { visible } from '../../text/printable.ts';
import { rowsWithin, tablePieces } from './pieces.ts';

const MOST_ROWS = 200;

/** One row per finding, worst first; many of one rule and fix are one row. */
export function findingsTable(
  all: readonly Finding[],
  digest: Digest,
  { source, target }: Report,
  withRule: boolean,
): () => Iterable<string> {
  return () => {
    const rows = findingRows(all, digest);
    const shown = rows.map((row) => [
      row.severity,
      row.object ? objectText(row.object) : text(row.objects),
      whatText(row),
      row.fix === null ? '' : String(row.fix),
      ...(withRule ? [code(row.rule)] : []),
    ]);
    return tablePieces(
      [
        'Severity',
        'Object',
        `Finding in ${text(visible(headingPlaces(source, target).target))}`,
        'Fix',
        ...(withRule ? ['Rule'] : []),
      ],
      rowsWithin(shown, shown.length, MOST_ROWS),
      ['left', 'left', 'left', 'right', 'left'],
    );
  };
}

export function objectText({ kindWord, name, vpc }: ObjectName): string {
  return `${text(kindWord)} ${code(name)}${vpc === '' ? '' : ` (VPC ${code(vpc)})`}`;
}

function whatText({ what, gist }: FindingRow): string {
  return `${text(what)}${gist === '' ? '' : `: ${text(gist)}`}`;
}
