import type { Report } from '../../../report/model.ts';
import { expiryText } from '../../../report/view/drift.ts';
import { count } from '../../../text/counts.ts';
import { visible } from '../../../text/printable.ts';
import { hang } from '../layout.ts';
import { word } from '../word.ts';
import { type Look, waiverOf } from './look.ts';

/** The waivers of the config that could be about the finding, why none of them applies, and how to write one. */
export function waivers({ finding, report, columns, p }: Look, path: string): string[] {
  const waiver = waiverOf(finding);
  if (waiver) {
    const owner = waiver.owner === null ? '' : ` by ${visible(waiver.owner)}`;
    return [
      p.bold('WAIVED'),
      ...hang(
        '  ',
        `${visible(waiver.reason)}${owner}. ${expiryText(waiver.until, report.finishedAt)}`,
        columns,
      ),
    ];
  }
  if (!report.findings.includes(finding)) return [];
  return [
    p.bold('NOT WAIVED'),
    ...triedTexts(report, finding.fingerprint).flatMap((text) => hang('  ', text, columns)),
    ...hang(
      '  ',
      'To waive it in the config until a day, and no more than it is now; it stays in every report:',
      columns,
    ),
    `    ec2-parity waive ${word(finding.fingerprint)} ${word(path)} --pin --reason REASON --owner OWNER --until ${dayAfter(report.finishedAt)}`,
    '  To accept exactly this finding in a baseline for phase drift:',
    `    ec2-parity accept ${word(path)} --finding ${word(finding.fingerprint)} -o baseline.json`,
  ];
}

type Tried = NonNullable<Report['waivers']>[number];

const BECAUSE = {
  expired: ({ until }) => `it expired on ${visible(until)}`,
  exceeded: () => 'it is pinned, and the finding is not shown to be no more than what was pinned',
  'too-broad': () => 'what is missing and keeps workloads from launching is waived by its rule and name only',
} as const satisfies Record<Tried['refused'][number]['because'], (waiver: Tried) => string>;

function triedTexts({ waivers: all }: Report, fingerprint: string): string[] {
  if (all === undefined) return [];
  if (all.length === 0) return ['Waivers tried: none, the config has none.'];
  const tried = all.flatMap((waiver) =>
    waiver.refused
      .filter((one) => one.fingerprint === fingerprint)
      .map(
        ({ because }) => `Tried: ${waiver.at}, for ${visible(waiver.about)}: ${BECAUSE[because](waiver)}.`,
      ),
  );
  const others = all.length - tried.length;
  return [
    ...tried,
    ...(others > 0
      ? [
          `${count(others, tried.length > 0 ? 'other waiver' : 'waiver')} of the config ${others === 1 ? 'does' : 'do'} not select it.`,
        ]
      : []),
  ];
}

const WAIVED_DAYS = 90;

/** The day so long after a time, as an example of when a waiver ends. */
function dayAfter(time: string): string {
  const at = Date.parse(time);
  if (Number.isNaN(at)) return 'YYYY-MM-DD';
  return new Date(at + WAIVED_DAYS * 86_400_000).toISOString().slice(0, 10);
}
