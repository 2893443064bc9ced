import { expect, it } from 'vitest';
import { audit, type Estate, finding } from '../../kit/estate.ts';

const tags = (stack: string, id: string) => [
  { Key: 'aws:cloudformation:stack-name', Value: stack },
  { Key: 'aws:cloudformation:logical-id', Value: id },
];
const side = (names: readonly string[], data = {}, Tags: ReturnType<typeof tags> = []): Estate => ({
  keyPairs: [{ KeyName: 'ops', KeyFingerprint: 'x' }],
  launchTemplates: names.map((name) => ({
    LaunchTemplateId: `lt-${name}`,
    LaunchTemplateName: name,
    Tags,
    Versions: [
      { LaunchTemplateId: `lt-${name}`, VersionNumber: 1, LaunchTemplateData: { KeyName: 'ops', ...data } },
    ],
  })),
});
const candidates = (a: Estate, b: Estate) => finding(audit(a, b), 'workload/missing').facts.candidates;

it('a missing launch template that launches the same under another name is offered with the config line', () => {
  const report = audit(side(['web']), side(['web-20240512101122334455000001']));
  const missing = finding(report, 'workload/missing');
  expect(missing.message).toContain('It may be "web-20240512101122334455000001" (high confidence');
  expect(missing.remedy).toContain('names: { launchTemplates: { "web": "web-20240512101122334455000001" } }');
});

it.each<[string, Estate, Estate, unknown]>([
  ['the name but for the region', side(['web-use1']), side(['web-euw1'], { KeyName: 'x' }), 'high'],
  [
    'the name but for a generated ending, and other references',
    side(['web']),
    side(['web-20240512101122334455000001'], { KeyName: 'x' }),
    'medium',
  ],
  [
    'the logical id in another stack, and the same references',
    side(['a'], {}, tags('shop', 'Lt')),
    side(['b'], {}, tags('shop-dr', 'Lt')),
    'high',
  ],
  [
    'the service that made both',
    side(['eks-0f3c1d2e-1111-4222-8333-0123456789ab'], { KeyName: 'x' }),
    side(['eks-ffffffff-2222-4333-9444-ba9876543210']),
    'medium',
  ],
])('%s speaks for it', (_what, a, b, confidence) => {
  expect(candidates(a, b)).toMatchObject([{ confidence }]);
});

it('is not offered for the same references alone: every template of a team may name one key', () => {
  expect(candidates(side(['web']), side(['db']))).toEqual([]);
});

it('is only a maybe where two fit equally well', () => {
  expect(
    candidates(side(['web']), side(['web-20240512101122334455000001', 'web-20240512101122334455000002'])),
  ).toMatchObject([{ confidence: 'medium' }, { confidence: 'medium' }]);
});
