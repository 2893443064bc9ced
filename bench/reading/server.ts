/**
 * Security groups of one region over HTTP, in pages that are made beforehand: GROUPS RULES. Writes its port, and then only
 * answers, so that the readers are measured and not the server.
 */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as sdk from '@aws-sdk/client-ec2';
import { type Operation, reply } from '../../test/endpoint/wire.ts';
import { groupOf } from './group.ts';

const [groups = 0, rules = 0] = process.argv.slice(2).map(Number);
const PAGE = 1000;

const operation = sdk.DescribeSecurityGroups$ as unknown as Operation;
const pages = Array.from({ length: Math.ceil(groups / PAGE) }, (_, page) => {
  const from = page * PAGE;
  const rows = Array.from({ length: Math.min(PAGE, groups - from) }, (_, i) => groupOf(from + i, rules));
  const next = from + PAGE < groups ? { NextToken: String(page + 1) } : {};
  return Buffer.from(reply(operation, { SecurityGroups: rows, ...next }, 'bench'));
});

/** What `ours` reads beside the groups; empty lists. */
const EMPTY: Readonly<Record<string, string>> = {
  DescribeVpcs: 'vpcSet',
  DescribeRegions: 'regionInfo',
  DescribeManagedPrefixLists: 'prefixListSet',
  DescribeStaleSecurityGroups: 'staleSecurityGroupSet',
};
const IDENTITY =
  '<GetCallerIdentityResponse><GetCallerIdentityResult><Account>111122223333</Account></GetCallerIdentityResult></GetCallerIdentityResponse>';

function answer(form: URLSearchParams): Buffer {
  const action = form.get('Action') ?? '';
  if (action === 'GetCallerIdentity') return Buffer.from(IDENTITY);
  if (action !== 'DescribeSecurityGroups')
    return Buffer.from(`<Response><${EMPTY[action] ?? 'set'}/></Response>`);
  return pages[Number(form.get('NextToken') ?? 0)] ?? Buffer.from('<Response/>');
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

const server = createServer(async (request, response) => {
  const body = answer(new URLSearchParams(await textOf(request)));
  response.writeHead(200, { 'content-type': 'text/xml', 'content-length': body.length });
  response.end(body);
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
});
