import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FORMATS, renderAs } from '../../src/audit/formats.ts';
import { parseReport } from '../../src/audit/parse.ts';
import { baselineOf } from '../../src/drift/baseline.ts';
import { complete, itemsOf } from '../../src/inventory/collected.ts';
import { redactedReport } from '../../src/redact/report.ts';
import { exitCode } from '../../src/report/gate.ts';
import type { Report } from '../../src/report/model.ts';
import { FAIL_ON } from '../../src/report/vocabulary.ts';
import { demoReport } from '../kit/demo.ts';
import { audit, VPC } from '../kit/estate.ts';
import { namesOfDemo, renamedReport } from './estate.ts';

const OPTIONS = { columns: 100, color: false, full: true, failOn: 'high', written: [] } as const;

/** Every format of a report, as one text without spaces: what is wrapped or indented is found too. */
async function everything(report: Report): Promise<string> {
  const texts = await Promise.all([
    ...FORMATS.map((format) => renderAs(report, format, OPTIONS)),
    renderAs(report, 'terminal', { ...OPTIONS, full: false }),
  ]);
  return texts.join('\n').replace(/\s+/g, '').toLowerCase();
}

/** How a person may write a name around a word that occurs nowhere else. */
const STYLES: readonly ((word: string) => string)[] = [
  (word) => word,
  (word) => `${word}-prod`,
  (word) => `prod_${word}_1.4.2`,
  (word) => `the security group ${word} admits`,
  (word) => `<b onclick=x>${word}</b>`,
  (word) => `"${word}" and '${word}'`,
  (word) => `${word}/a|b\\c`,
  (word) => `(${word}) [x]`,
  (word) => `${word}. Then ${word}: x`,
  (word) => `=1+cmd|${word}`,
  (word) => `${word}@example.com`,
  (word) => `https://${word}.example.com/x?y=${word}`,
  (word) => `\u001b[31m${word}\u202e`,
  (word) => `日本 ${word}語`,
  (word) => `${word} ${'with a long end '.repeat(20)}`,
  (word) => `line\n${word}\r\n`,
];

const word = fc.stringMatching(/^zq[a-z0-9]{10}$/);
const style = fc.constantFrom(...STYLES);

describe('the redacted report', () => {
  test('nothing that a person named is left in any format', { timeout: 120_000 }, async () => {
    const names = await namesOfDemo();
    const words = fc.uniqueArray(word, { minLength: names.length, maxLength: names.length });
    const styles = fc.array(style, { minLength: names.length, maxLength: names.length });
    await fc.assert(
      fc.asyncProperty(words, styles, async (chosen, written) => {
        const renamed = names.map((name, i) => [name, written[i]?.(chosen[i] ?? '') ?? ''] as const);
        const report = await renamedReport(new Map(renamed));
        const text = await everything(redactedReport(report));
        expect(chosen.filter((secret) => text.includes(secret))).toEqual([]);
      }),
      { numRuns: 4 },
    );
  });

  test('what changed since a baseline, and what a config says of it, is redacted too', {
    timeout: 60_000,
  }, async () => {
    const names = await namesOfDemo();
    const secrets = names.map((_, i) => `zqname${i}x`);
    const rename = new Map(names.map((name, i) => [name, secrets[i] ?? '']));
    const before = await renamedReport(rename);
    const [first, second] = before.findings.filter((f) => f.rule === 'security-group/allows-less');
    const report = await renamedReport(rename, {
      phase: 'drift',
      baseline: baselineOf(before),
      changeTarget: (target) => ({
        ...target,
        keyPairs: complete(itemsOf(target.keyPairs).slice(1)),
        securityGroups: complete(itemsOf(target.securityGroups).slice(2)),
      }),
      config: {
        waivers: [
          {
            rule: 'security-group/allows-*',
            subject: `${first?.subject.name}*`,
            reason: 'until zqreason moves',
            owner: 'zqowner',
            until: 'never',
            pin: first?.content,
          },
          { rule: 'image/*', subject: 'zqunused', reason: 'r', owner: 'o', until: '2020-01-31' },
        ],
        rules: { 'image/tags-differ': 'off' },
        exclude: [{ kind: 'security-group', name: `${second?.subject.name}` }],
      },
    });
    expect(report.resolved.length + report.waived.length).toBeGreaterThan(0);
    expect(report.notes.length).toBeGreaterThan(2);
    const text = await everything(redactedReport(report));
    expect([...secrets, 'zqreason', 'zqowner', 'zqunused'].filter((secret) => text.includes(secret))).toEqual(
      [],
    );
    expect(text).toContain('image/tags-differ');
  });

  test('no id, account, address, key or fingerprint of the estate is left in any format', async () => {
    const report = await demoReport();
    const before = JSON.stringify({ ...report, rules: [] });
    const secrets = new Set(
      before.match(
        /\b[a-z]{1,10}-[0-9a-f]{17}\b|\b(?:111122223333|444455556666|777788889999)\b|\b(?:203\.0\.113|198\.51\.100|10\.1|10\.2|10\.200)\.[\d.]+|2001:db8[\da-f:]*|AAAA[A-Za-z0-9+/]{20,}|(?:[0-9a-f]{2}:){15}[0-9a-f]{2}|"[0-9a-f]{16}"|[A-Za-z0-9+/]{43}=?/g,
      ),
    );
    const text = await everything(redactedReport(report));
    expect(secrets.size).toBeGreaterThan(200);
    expect(
      [...secrets].filter((secret) =>
        text.includes(secret.replaceAll('"', '').replace(/\s+/g, '').toLowerCase()),
      ),
    ).toEqual([]);
  });

  test('counts, verdicts, severities and the exit code are those of the report', async () => {
    const report = await demoReport();
    const redacted = redactedReport(report);
    const shape = (of: Report) => ({
      summary: of.summary,
      verdict: of.verdict,
      complete: of.complete,
      codes: FAIL_ON.map((failOn) => exitCode(of, failOn)),
      pairs: of.pairs.map(({ kind, state, source, target, findings, compared }) => [
        kind,
        state,
        source !== null,
        target !== null,
        findings.length,
        compared?.rows?.map((row) => [row.side, row.direction, row.protocol, row.ports, row.state]),
        compared?.fields?.map((field) => [field.source === null, field.target === null, field.same]),
      ]),
      findings: of.findings.map((f) => [f.rule, f.severity, f.kind, f.usedBy.length, f.commands?.length]),
      workloads: of.workloads.map((w) => [
        w.kind,
        w.verdict,
        w.because.length,
        w.chains?.map((c) => c.steps.length),
      ]),
      causes: of.causes?.map((c) => [c.findings.length, c.workloads.map((w) => w.verdict)]),
      lineages: of.lineages?.map((l) => [l.versions.length, l.versions.map((v) => v.copy?.is), l.behind]),
    });
    expect(shape(redacted)).toEqual(shape(report));
  });

  test('one text has one pseudonym, and two texts have two', async () => {
    const report = await demoReport();
    const redacted = redactedReport(report);
    const texts = (of: Report): string[] => [
      ...of.pairs.flatMap((p) => [p.name, p.source?.id ?? '', p.target?.id ?? '', ...p.findings]),
      ...of.findings.flatMap((f) => [
        f.fingerprint,
        f.content,
        f.subject.name,
        ...f.usedBy.flatMap((u) => [u.name, u.id]),
      ]),
      ...of.workloads.flatMap((w) => [w.name, w.id, ...w.because]),
      ...(of.causes ?? []).flatMap((c) => [c.id, ...c.findings]),
    ];
    const pseudonyms = texts(redacted);
    const pairs = new Set(texts(report).map((text, i) => JSON.stringify([text, pseudonyms[i]])));
    expect(pairs.size).toBe(new Set(texts(report)).size);
    expect(pairs.size).toBe(new Set(pseudonyms).size);
  });

  test('it is a report that can be read again, and says that it is redacted', async () => {
    const redacted = redactedReport(await demoReport());
    expect(parseReport(JSON.parse(JSON.stringify(redacted)))).toEqual(redacted);
    expect(redacted.redacted).toBe(true);
  });

  test('redacting is pure: the same report gives the same text, whatever was redacted before', async () => {
    const report = await demoReport();
    expect(JSON.stringify(redactedReport(report))).toBe(JSON.stringify(redactedReport(report)));
  });

  test('most sentences keep their words', async () => {
    const { findings } = redactedReport(await demoReport());
    const words = findings.flatMap((f) => f.message.split(' '));
    expect(words.filter((w) => /\btext-\d/.test(w)).length).toBeLessThan(words.length / 30);
    expect(findings.filter((f) => f.message.includes('Left out')).length).toBe(0);
  });

  test('a name that is a word of the tool is replaced where a name belongs, and no sentence shows which word it was', async () => {
    const plain =
      'source target group image the read missing instance key security differs launch subnet account'.split(
        ' ',
      );
    const names = await namesOfDemo();
    const taken = new Map(names.map((name, i) => [name, plain[i] ?? name]));
    const redacted = redactedReport(await renamedReport(taken));
    const named = [
      ...redacted.pairs.flatMap((p) => [p.name, p.source?.name, p.target?.name, p.scope]),
      ...redacted.findings.flatMap((f) => [f.subject.name, f.subject.scope, ...f.usedBy.map((u) => u.name)]),
      ...redacted.workloads.flatMap((w) => [
        w.name,
        ...Object.values(w.lookedAt ?? {}).flatMap((part) => part.what ?? []),
      ]),
    ];
    expect(named.filter((name) => name && plain.includes(name))).toEqual([]);
    const quoted = JSON.stringify(redacted.findings.map((f) => [f.message, f.remedy, f.commands])).match(
      /\\"[^"\\]*\\"/g,
    );
    expect(quoted?.filter((name) => plain.includes(name.slice(2, -2)))).toEqual([]);
  });

  test('a name that ends with what ends a sentence is replaced at the end of one', () => {
    const name = 'a:a!';
    const report = audit(
      {
        vpcs: [VPC],
        images: [{ ImageId: 'ami-1', Name: name, State: 'available' }],
        launchTemplates: [
          {
            LaunchTemplateId: 'lt-1',
            LaunchTemplateName: 'web',
            DefaultVersionNumber: 1,
            LatestVersionNumber: 1,
            Versions: [{ VersionNumber: 1, LaunchTemplateData: { ImageId: 'ami-1' } }],
          },
        ],
      },
      { vpcs: [VPC] },
    );
    expect(JSON.stringify(report.findings)).toContain(`image ${name}.`);
    expect(JSON.stringify(redactedReport(report).findings)).not.toContain(name);
  });
});
