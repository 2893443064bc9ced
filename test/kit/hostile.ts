import type { Finding } from '../../src/report/model.ts';
import { asRead } from './loose-finding.ts';

/** What somebody who may tag a resource could write there. */
export const HOSTILE = {
  image: '<img src=x onerror=alert(1)>',
  style: '</style><script>alert(2)</script>',
  script: '</script><script>alert(3)</script>',
  attribute: '" onmouseover="alert(4)" x="',
  handlebars: '{{constructor}} {{{this}}} {{> finding}}',
  table: 'a | b \\| c || d',
  backticks: '``` `x` ````',
  mention: '@everyone and @octocat, see #123, GH-7 and https://evil.example www.evil.example',
  escape: '\u001b[31mred\u001b[0m \u009b2J \u001b]8;;https://evil.example\u0007click\u001b]8;;\u0007',
  bidi: 'sg-\u202Egnp.exe\u2066 \u200Bzero\u200Dwidth',
  newlines: 'one\n## two\r\n- three\n\n<!-- four',
  markdown: '# head _under_ **bold** [link](javascript:alert(5)) ![i](https://evil.example/i.png) ~~no~~ $x$',
  prototype: '__proto__',
  marker: '<!-- inline style -->',
  long: `very-long-${'name-without-end-'.repeat(14)}x`,
  wide: '日本語のとても長い名前でもはみ出さない '.repeat(4).trim(),
} as const;

/** One finding per hostile string, the string in every field that data reaches. */
export function hostileFindings(): Finding[] {
  return Object.entries(HOSTILE).map(([what, text], i) =>
    asRead({
      fingerprint: `hostile-${what}`,
      rule: 'security-group/tags-differ',
      severity: 'info',
      kind: 'security-group',
      subject: { name: text, scope: text, sourceId: `sg-0bad${i}`, targetId: `sg-0bee${i}` },
      facts: {
        rows: { source: [`Name = ${text}`, 'Team = a'], target: ['Name = plain', `Owner = ${text}`] },
        [`tag ${text}`]: text,
      },
      message: `Tags of ${text} differ.`,
      remedy: `Retag ${text}.`,
      commands: [{ shell: `aws ec2 create-tags '${text}'`, side: 'target', does: `Retag ${text}` }],
      usedBy: [{ kind: 'instance', name: text, id: `i-0bad${i}`, side: 'source' }],
      status: 'new',
      firstSeen: '2026-11-22T09:13:09.902Z',
    }),
  );
}
