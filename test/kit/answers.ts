import type { FailureCode } from '../../src/inventory/collected.ts';
import type { Fault } from '../endpoint/endpoint.ts';

/** An error document of AWS. */
export const awsError = (status: number, code: string, message = 'as it is') => ({
  error: { status, code, message },
});

const keyNamed = (name: string) =>
  `<DescribeKeyPairsResponse><keySet><item><keyName>${name}</keyName></item></keySet></DescribeKeyPairsResponse>`;

/** Each entity is ten of the one before. */
const entityBomb = (depth: number) => {
  const entities = Array.from({ length: depth }, (_, i) => `<!ENTITY e${i + 1} "${`&e${i};`.repeat(10)}">`);
  return `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e0 "ha">${entities.join('')}]>${keyNamed(`&e${depth};`)}`;
};

/** What AWS, a proxy or the network gives in place of an answer, and the code of the gap. */
export const ANSWERS: readonly (readonly [what: string, fault: Fault, code: FailureCode])[] = [
  ['UnauthorizedOperation', { deny: true }, 'access-denied'],
  ['AccessDenied', awsError(403, 'AccessDenied'), 'access-denied'],
  ['AuthFailure', { authFailure: true }, 'auth-failure'],
  ['UnrecognizedClientException', awsError(400, 'UnrecognizedClientException'), 'auth-failure'],
  ['InvalidClientTokenId', awsError(403, 'InvalidClientTokenId'), 'auth-failure'],
  ['RequestExpired', awsError(400, 'RequestExpired'), 'credentials-expired'],
  ['ExpiredToken', awsError(400, 'ExpiredToken'), 'credentials-expired'],
  ['RequestLimitExceeded, for ever', { throttle: true }, 'throttled'],
  ['InvalidAction', { unsupported: true }, 'unsupported'],
  ['UnsupportedOperation', awsError(400, 'UnsupportedOperation'), 'unsupported'],
  ['an HTML page as 404', { html: 404 }, 'unsupported'],
  ['InternalError', awsError(500, 'InternalError'), 'service-error'],
  ['OptInRequired', awsError(401, 'OptInRequired'), 'service-error'],
  ['nothing for longer than the timeout', { delayMs: 8_000 }, 'timed-out'],
  ['half an answer and then nothing', { stall: true }, 'timed-out'],
  ['an answer that goes on, a byte at a time', { dripMs: 50 }, 'timed-out'],
  ['a closed connection', { dropConnection: true }, 'unreachable'],
  ['half an answer and a closed connection', { dropHalfway: true }, 'unreachable'],
  ['XML that does not close', { brokenXml: true }, 'malformed'],
  ['half a document as a whole answer', { truncate: true }, 'malformed'],
  ['a compressed answer', { gzip: 'whole' }, 'malformed'],
  ['half of a compressed answer', { gzip: 'half' }, 'malformed'],
  ['XML whose entities would fill the memory', { body: entityBomb(9) }, 'malformed'],
  [
    'XML with an entity that names a file',
    {
      body: `<!DOCTYPE a [<!ENTITY f SYSTEM "file:///etc/hosts">]>${keyNamed('&f;')}`,
    },
    'malformed',
  ],
  [
    'elements within elements, a million deep',
    { body: keyNamed(`<!-- deep -->${'<a>'.repeat(1_000_000)}`) },
    'malformed',
  ],
  ['17 MB of one character', { body: '<'.repeat(17 * 1024 * 1024) }, 'malformed'],
  ['an HTML page as 200', { html: true }, 'malformed'],
  ['an HTML page as 500', { html: 500 }, 'malformed'],
  ['well-formed HTML', { body: '<html><body><p>hello</p></body></html>' }, 'malformed'],
  ['an empty body', { body: '' }, 'malformed'],
  [
    'an answer without its list',
    { body: '<DescribeKeyPairsResponse><requestId>1</requestId></DescribeKeyPairsResponse>' },
    'malformed',
  ],
  [
    'the answer of another call',
    { body: '<DescribeVpcsResponse><vpcSet/></DescribeVpcsResponse>' },
    'malformed',
  ],
  ['JSON', { body: '{"KeyPairs":[]}' }, 'malformed'],
];
