import { betweenText, formerText, minute, movedText, sinceText } from '../../../report/view/drift.ts';
import { kindWord } from '../../../report/view/labels.ts';
import { visible } from '../../../text/printable.ts';
import { hang } from '../layout.ts';
import { word } from '../word.ts';
import { type Look, waiverOf } from './look.ts';

export function head({ finding, report, columns, p }: Look): string[] {
  const { severity, rule, kind, subject, message, fingerprint, firstSeen, status } = finding;
  const vpc = subject.scope === null ? '' : ` (VPC ${visible(subject.scope)})`;
  const waiver = waiverOf(finding);
  const state = report.resolved.includes(finding)
    ? 'resolved'
    : report.unchecked.includes(finding)
      ? 'unchecked'
      : waiver
        ? 'waived'
        : status;
  const moved = movedText(finding.moved, state === 'resolved' ? 'resolved' : status);
  const history = [
    formerText(finding),
    moved === '' || finding.moved === null ? '' : `${moved} ${betweenText(finding.moved)}.`,
    sinceText(finding),
  ].filter((text) => text !== '');
  const [first = '', ...rest] = hang(
    '',
    `${severity}  ${visible(rule)}  ${kindWord(kind)} ${visible(subject.name)}${vpc}`,
    columns,
  );
  return [
    first.replace(severity, p.severity[severity]),
    ...rest,
    ...hang('', visible(message), columns),
    `fingerprint ${visible(fingerprint)} · ${state} · first seen ${minute(firstSeen)}`,
    ...history.flatMap((text) => hang('', text, columns)),
  ];
}

export function why({ finding, report, columns, p }: Look): string[] {
  const text = report.rules.find((rule) => rule.id === finding.rule)?.why ?? '';
  return text === '' ? [] : [p.bold('WHY IT MATTERS'), ...hang('  ', visible(text), columns)];
}

export function more({ finding, report, p }: Look): string[] {
  const links = report.rules.find((rule) => rule.id === finding.rule)?.links ?? [];
  return [
    p.bold('MORE'),
    ...links.map((link) => `  ${visible(link)}`),
    '  The rule, and how severities are set:',
    `    ec2-parity rules ${word(finding.rule)}`,
  ];
}
