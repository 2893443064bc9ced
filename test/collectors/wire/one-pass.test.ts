import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { bothWays, outputOf, replyTo, XML_ACTIONS } from './kit.ts';
import { SPOILINGS } from './spoilings.ts';

/** More with `FUZZ=20 npx vitest run …`: so many times as many. */
const runs = (usual: number) => usual * Number(process.env.FUZZ ?? 1);

beforeAll(() => {
  vi.stubEnv('AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED', 'true');
});
afterAll(() => {
  vi.unstubAllEnvs();
});

const groups = (content: string) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<DescribeSecurityGroupsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>r</requestId>${content}</DescribeSecurityGroupsResponse>`;
const group = (content: string) => groups(`<securityGroupInfo><item>${content}</item></securityGroupInfo>`);

describe.each(XML_ACTIONS)('a reply of %s %s is read in one pass as the SDK reads it', (service, action) => {
  it('whatever it contains', async () => {
    await fc.assert(
      fc.asyncProperty(outputOf(service, action), async (output) => {
        const { stock, ours, fellBack } = await bothWays(service, action, replyTo(service, action, output));
        expect(ours).toStrictEqual(stock);
        expect(fellBack).toBe(false);
      }),
      { numRuns: runs(10) },
    );
  });

  it('with spaces between its elements, at which the SDK takes some lists for empty', async () => {
    await fc.assert(
      fc.asyncProperty(outputOf(service, action), async (output) => {
        const body = replyTo(service, action, output);
        const spaced = body.replace(/>(?=<[\w])/g, '> ');
        const { ours, fellBack } = await bothWays(service, action, spaced);
        expect(ours).toStrictEqual((await bothWays(service, action, body)).stock);
        expect(fellBack).toBe(false);
      }),
      { numRuns: runs(4) },
    );
  });

  it('however it is spoilt, or is refused where a list is none', async () => {
    await fc.assert(
      fc.asyncProperty(
        outputOf(service, action),
        fc.array(fc.tuple(fc.constantFrom(...SPOILINGS), fc.nat()), { minLength: 1, maxLength: 2 }),
        async (output, spoilings) => {
          const body = spoilings.reduce(
            (text, [[, spoil], at]) => spoil(text, at),
            replyTo(service, action, output),
          );
          const { stock, ours } = await bothWays(service, action, body);
          if ('error' in ours && ours.error.name === 'StrayContent') return;
          expect(ours).toStrictEqual(stock);
        },
      ),
      { numRuns: runs(16) },
    );
  });
});

describe('a long list of rows', () => {
  const rows = (output: object) =>
    (output as { SecurityGroups?: readonly object[] }).SecurityGroups?.map(
      (row) =>
        replyTo('ec2', 'DescribeSecurityGroups', { SecurityGroups: [row] }).match(/<item>.*<\/item>/s)?.[0] ??
        '',
    ) ?? [];

  it('is read as the SDK reads it, whatever rows and texts repeat and whichever members a row has', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(outputOf('ec2', 'DescribeSecurityGroups'), { minLength: 1, maxLength: 3 }),
        fc.infiniteStream(fc.nat()),
        async (outputs, which) => {
          const kinds = outputs.flatMap(rows);
          const many = [...which.take(150)].map((n) => kinds[n % Math.max(kinds.length, 1)] ?? '<item/>');
          const body = groups(`<securityGroupInfo>${many.join('')}</securityGroupInfo>`);
          const { stock, ours, fellBack } = await bothWays('ec2', 'DescribeSecurityGroups', body);
          expect(ours).toStrictEqual(stock);
          expect(fellBack).toBe(false);
        },
      ),
      { numRuns: runs(10) },
    );
  });

  it('has texts of which two have one hash, or one is the start of another', async () => {
    // "Aa" and "BB" have the same hash; so have all texts made of them.
    const texts = ['AaAa', 'BBBB', 'AaBB', 'BBAa', 'Aa', 'BB', 'AaA', '', 'A&amp;a', 'é', 'è', ' ', '\n'];
    const many = Array.from({ length: 200 }, (_, n) => texts[(n * 7) % texts.length]);
    const body = groups(
      `<securityGroupInfo>${many.map((text) => `<item><groupName>${text}</groupName></item>`).join('')}</securityGroupInfo>`,
    );
    const { stock, ours, fellBack } = await bothWays('ec2', 'DescribeSecurityGroups', body);
    expect(ours).toStrictEqual(stock);
    expect(fellBack).toBe(false);
  });

  it('is left to the SDK where each row has its members in an order of its own', async () => {
    const members = [
      'groupId',
      'groupName',
      'groupDescription',
      'ownerId',
      'vpcId',
      'securityGroupArn',
      'tagSet',
    ];
    const items = permutations(members).map(
      (names) => `<item>${names.map((name) => `<${name}></${name}>`).join('')}</item>`,
    );
    const body = groups(`<securityGroupInfo>${items.join('')}</securityGroupInfo>`);
    const { stock, ours, fellBack } = await bothWays('ec2', 'DescribeSecurityGroups', body);
    expect(ours).toStrictEqual(stock);
    expect(fellBack).toBe(true);
  });
});

function permutations(of: readonly string[]): string[][] {
  if (of.length === 0) return [[]];
  return of.flatMap((first) =>
    permutations(of.filter((other) => other !== first)).map((rest) => [first, ...rest]),
  );
}

describe('what is read in one pass, and what the SDK reads', () => {
  it.each([
    [
      'entities',
      group('<groupName>a &amp; &lt;b&gt; &quot;c&quot; &apos;d&apos; &#65;&#x42;</groupName>'),
      false,
    ],
    ['half of an entity', group('<groupName>a & b &amp c &#; &#xZZ;</groupName>'), false],
    ['an entity that XML does not know', group('<groupName>&nbsp;</groupName>'), true],
    ['CDATA', group('<groupName><![CDATA[<b>]]></groupName>'), true],
    ['a comment', group('<groupName>a</groupName><!-- note --><vpcId>v</vpcId>'), true],
    ['a comment in a text', group('<groupName>a<!-- note -->b</groupName>'), true],
    ['an instruction', group('<?target data?><groupName>a</groupName>'), true],
    ['an attribute', group('<groupName lang="en">a</groupName>'), true],
    ['an attribute of a list', groups('<securityGroupInfo total="1"><item/></securityGroupInfo>'), true],
    ['a member that comes twice', group('<groupName>a</groupName><groupName>b</groupName>'), true],
    ['text between members', group('text<groupName>a</groupName>'), true],
    ['an element in a text', group('<groupName><b>a</b></groupName>'), true],
    [
      'empty elements',
      group('<groupName></groupName><groupDescription/><ipPermissions/><tagSet></tagSet>'),
      false,
    ],
    ['an empty item', groups('<securityGroupInfo><item/><item></item></securityGroupInfo>'), false],
    ['no list', groups(''), false],
    ['an empty list', groups('<securityGroupInfo/>'), false],
    [
      'white space',
      group('\n  <groupName> a </groupName>\n <groupDescription> \n </groupDescription>\n'),
      false,
    ],
    ['line ends of Windows', group('\r\n<groupName>a\r\nb</groupName>\r\n'), false],
    ['a space in a tag', group('<groupName >a</groupName >'), true],
    [
      'unknown members',
      group('<x><groupName>no</groupName>t<y/><z>1</z></x><groupName>a</groupName>'),
      false,
    ],
    [
      'members in another order in each item',
      groups(
        '<securityGroupInfo><item><groupName>a</groupName><vpcId>v</vpcId></item><item><vpcId>w</vpcId><groupName>b</groupName><ownerId>1</ownerId></item></securityGroupInfo>',
      ),
      false,
    ],
    [
      'a number that is none',
      group('<ipPermissions><item><fromPort>x</fromPort><toPort/></item></ipPermissions>'),
      false,
    ],
    ['what follows the document', `${group('<groupName>a</groupName>')}\n<!-- end -->`, false],
    ['nothing', '', true],
    ['half of a document', group('<groupName>a</groupName>').slice(0, 150), true],
    ['tags that do not match', group('<groupName>a</groupname>'), true],
    ['a page of a proxy', '<!DOCTYPE html><html><body><p>Sign in<br></body></html>', true],
    ['text', 'Service Unavailable', true],
    ['a byte order mark', `\ufeff${group('')}`, true],
  ])('%s', async (_, body, bySdk) => {
    const { stock, ours, fellBack } = await bothWays('ec2', 'DescribeSecurityGroups', body);
    expect(ours).toStrictEqual(stock);
    // The SDK does not read an empty body at all.
    expect(fellBack).toBe(bySdk && body !== '');
  });

  it.each([400, 401, 403, 500, 503])('an error with status %d', async (status) => {
    const body =
      '<?xml version="1.0"?><Response><Errors><Error><Code>RequestLimitExceeded</Code><Message>Request limit &amp; more</Message></Error></Errors><RequestID>r</RequestID></Response>';
    const { stock, ours } = await bothWays('ec2', 'DescribeSecurityGroups', body, status);
    expect(ours).toStrictEqual(stock);
    expect(ours).toMatchObject({ error: { Code: 'RequestLimitExceeded', message: 'Request limit & more' } });
  });

  it.each([
    ['text', 'garbage'],
    ['an element of another name', '<error>Busy</error>'],
    ['an element with elements', '<error><code>Busy</code></error>'],
    ['an empty element', '<error/>'],
    ['an item and text', '<item/>garbage'],
  ])('a list that holds %s is refused', async (_, content) => {
    const { ours, fellBack } = await bothWays(
      'ec2',
      'DescribeSecurityGroups',
      groups(`<securityGroupInfo>${content}</securityGroupInfo>`),
    );
    expect(ours).toMatchObject({ error: { name: 'StrayContent' } });
    expect(fellBack).toBe(false);
  });

  it('a character beyond U+FFFF by its number, of which the SDK keeps another character', async () => {
    const { ours } = await bothWays(
      'ec2',
      'DescribeSecurityGroups',
      group('<groupName>&#x1F680;&#128640;</groupName>'),
    );
    expect(ours).toMatchObject({ value: { SecurityGroups: [{ GroupName: '🚀🚀' }] } });
  });
});
