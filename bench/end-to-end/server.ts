/**
 * Two regions over HTTP, every reply made beforehand and sent after so many milliseconds: a JSON of `Sizes` and the milliseconds. Writes
 * its port, and then only answers, so that the readers are measured and not the server.
 */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as autoscaling from '@aws-sdk/client-auto-scaling';
import * as cloudformation from '@aws-sdk/client-cloudformation';
import * as ec2 from '@aws-sdk/client-ec2';
import { type Operation, queryReply, reply, type Shape, shapeOf } from '../../test/endpoint/wire.ts';
import { ACCOUNT } from '../reading/group.ts';
import { type Region, regionOf, type Sizes } from './estate.ts';

const [sizes, milliseconds] = process.argv.slice(2).map((text) => JSON.parse(text)) as [Sizes, number];
const PAGE = 1000;
const REGIONS = ['us-east-1', 'eu-west-1'] as const;

type Operations = Readonly<Record<string, unknown>>;
const operationOf = (service: object, action: string) =>
  (service as Operations)[`${action}$`] as Operation | undefined;
const ec2Reply = (action: string, value: object) =>
  Buffer.from(reply(operationOf(ec2, action) as Operation, value, 'bench'));

/** Replies of one action, a page each; the token of a page is its number. */
function paged(action: string, list: string, rows: readonly object[]): Buffer[] {
  return Array.from({ length: Math.max(1, Math.ceil(rows.length / PAGE)) }, (_, page) => {
    const next = (page + 1) * PAGE < rows.length ? { NextToken: String(page + 1) } : {};
    return ec2Reply(action, { [list]: rows.slice(page * PAGE, (page + 1) * PAGE), ...next });
  });
}

/** What the region answers, by action. */
type Replies = Readonly<Record<string, (form: URLSearchParams) => Buffer | undefined>>;

function repliesOf(region: Region): Replies {
  const pages = (action: string, list: string, rows: readonly object[]) => {
    const made = paged(action, list, rows);
    return (form: URLSearchParams) => made[Number(form.get('NextToken') ?? 0)];
  };
  const keyPairs = ec2Reply('DescribeKeyPairs', { KeyPairs: region.keys });
  const permissions = ec2Reply('DescribeImageAttribute', { LaunchPermissions: [] });
  const [before = '', after = ''] = ec2Reply('DescribeSnapshots', { Snapshots: [{}] })
    .toString()
    .split('<item/>');
  const items = new Map(
    region.snapshots.map((row) => {
      const text = ec2Reply('DescribeSnapshots', { Snapshots: [row] }).toString();
      return [row.SnapshotId, text.slice(before.length, text.length - after.length)];
    }),
  );
  return {
    DescribeSecurityGroups: pages('DescribeSecurityGroups', 'SecurityGroups', region.groups),
    DescribeImages: pages('DescribeImages', 'Images', region.images),
    DescribeVpcs: pages('DescribeVpcs', 'Vpcs', region.vpcs),
    DescribeKeyPairs: () => keyPairs,
    DescribeImageAttribute: () => permissions,
    DescribeSnapshots: (form) => {
      const ids = [...form].flatMap(([key, id]) => (key.startsWith('Filter.1.Value.') ? [id] : []));
      return Buffer.from(before + ids.map((id) => items.get(id) ?? '').join('') + after);
    },
  };
}

/** An answer that says that there is nothing: every list of it is there and empty. */
function nothing(action: string): Buffer {
  const made = nothings.get(action);
  if (made) return made;
  const found = [ec2, autoscaling, cloudformation].find((service) => operationOf(service, action)) ?? ec2;
  const operation = operationOf(found, action);
  if (!operation) throw new Error(`No reply to ${action}`);
  const { members = [] } = shapeOf(operation[5]);
  const lists = members.filter(([, schema]) => (shapeOf(schema) satisfies Shape).kind === 'list');
  const value = Object.fromEntries(lists.map(([name]) => [name, []]));
  const text = found === ec2 ? reply(operation, value, 'bench') : queryReply(operation, value, 'bench');
  nothings.set(action, Buffer.from(text));
  return Buffer.from(text);
}
const nothings = new Map<string, Buffer>();

const IDENTITY = Buffer.from(
  `<GetCallerIdentityResponse><GetCallerIdentityResult><Account>${ACCOUNT}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`,
);

const regions = Object.fromEntries(
  REGIONS.map((name, i) => [name, repliesOf(regionOf(name, i === 1, sizes))]),
);

function answer(form: URLSearchParams, region: string): Buffer {
  const action = form.get('Action') ?? '';
  if (action === 'GetCallerIdentity') return IDENTITY;
  return regions[region]?.[action]?.(form) ?? nothing(action);
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

const server = createServer(async (request, response) => {
  const [, region = ''] = /Credential=[^/]+\/\d+\/([^/]+)\//.exec(request.headers.authorization ?? '') ?? [];
  const body = answer(new URLSearchParams(await textOf(request)), region);
  setTimeout(() => {
    response.writeHead(200, { 'content-type': 'text/xml', 'content-length': body.length });
    response.end(body);
  }, milliseconds);
});
// A client that pauses to read a large reply finds its connection open.
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
});
