import type { Report } from '../../../report/model.ts';
import { commandViews } from '../../../report/view/commands.ts';
import { workloadKey } from '../../../report/view/digest.ts';
import { usersText } from '../../../report/view/drift.ts';
import { kindWord } from '../../../report/view/labels.ts';
import { count } from '../../../text/counts.ts';
import { visible } from '../../../text/printable.ts';
import { hang } from '../layout.ts';
import { type Look, MOST_ROWS } from './look.ts';

export function users({ finding, report, digest, columns, p }: Look): string[] {
  const used = usersText(finding, report);
  const hit = report.workloads.filter((w) => w.because.includes(finding.fingerprint));
  const others = (w: Report['workloads'][number]) => {
    const own = digest.fixOf.get(finding.fingerprint);
    const needed = (digest.fixesOf.get(workloadKey(w)) ?? []).filter((n) => n !== own);
    return needed.length > 0
      ? `, together with ${needed.length > 1 ? 'fixes' : 'fix'} ${needed.join(', ')}`
      : '';
  };
  const lines = hit.slice(0, MOST_ROWS).map((w) => {
    const verb =
      w.verdict === 'blocked' ? 'keeps from launching' : w.verdict === 'degraded' ? 'degrades' : 'concerns';
    return `It ${verb} ${kindWord(w.kind)} ${visible(w.name)}${others(w)}.`;
  });
  return [
    p.bold('USED BY'),
    ...(used === '' ? ['  nothing that was read'] : hang('  ', used, columns)),
    ...lines.flatMap((line) => hang('  ', line, columns)),
    ...(hit.length > MOST_ROWS ? [`  and ${count(hit.length - MOST_ROWS, 'more workload')}`] : []),
  ];
}

export function fix({ finding, report, digest, columns, p }: Look): string[] {
  const number = digest.fixOf.get(finding.fingerprint);
  const cause = number === undefined ? undefined : report.causes?.[number - 1];
  const commands = commandViews(finding.commands ?? []);
  const all = commands.length > 0 ? commands : commandViews(cause?.commands);
  const shared =
    cause && cause.findings.length > 1 ? `, which resolves ${count(cause.findings.length, 'finding')}` : '';
  return [
    p.bold(number === undefined ? 'WHAT TO DO' : `FIX ${number}${shared}`),
    ...hang('  ', visible(finding.remedy), columns),
    ...(cause && cause.remedy !== finding.remedy && shared !== ''
      ? hang('  ', `Of the whole fix: ${visible(cause.remedy)}`, columns)
      : []),
    ...(all.length === 0 ? ['  No command does this.'] : []),
    ...all.flatMap(({ does, shell }, i) => [...hang(`  ${i + 1}. `, `${does}:`, columns), `    ${shell}`]),
  ];
}
