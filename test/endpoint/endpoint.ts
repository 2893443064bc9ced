import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { answerEbs, ebsErrorReply, ebsRequest } from './ebs.ts';
import { AwsError, type Fault, type RegionModel } from './model.ts';
import {
  errorOf,
  operationOf,
  paramsOf,
  REFUSALS,
  replyOf,
  type Service,
  serviceOf,
  speaksJson,
} from './services.ts';
import { accountOf, answerSts, type Roles } from './sts.ts';

export type { Fault, RegionModel } from './model.ts';

export interface EndpointModel {
  readonly regions: Readonly<Record<string, RegionModel>>;
  /** False: STS answers InvalidAction, as an emulator without it. */
  readonly sts?: boolean;
  readonly roles?: Roles;
}

/** A request as it arrived. */
export interface Received {
  readonly service: Service;
  readonly action: string;
  /** From the credential scope of the signature, as AWS takes it. */
  readonly region: string;
  readonly accessKeyId: string;
  readonly userAgent: string;
  /** In the SDK's shape, for actions the double knows. */
  // biome-ignore lint/suspicious/noExplicitAny: shaped by each action's schema
  readonly params: Readonly<Record<string, any>>;
  readonly form: URLSearchParams;
}

export interface Endpoint {
  /** `http://127.0.0.1:<port>`: for --endpoint-url or AWS_ENDPOINT_URL_EC2. */
  readonly url: string;
  readonly received: readonly Received[];
  /** The requests of one action, and region. */
  calls(action: string, region?: string): Received[];
  /** From now on; `*` for every action. Replaces what was said of that action; null ends it. */
  misbehave(region: string, action: string, fault: Fault | null): void;
  /** Puts another inventory in a region's place; what it was told to misbehave stays. */
  replace(region: string, model: RegionModel): void;
  /** The requests under way at once, at most. */
  readonly busiest: number;
  close(): Promise<void>;
}

/**
 * EC2, STS, EBS, Auto Scaling, CloudFormation and SSM of two or more regions on loopback, spoken to over real HTTP by the
 * real SDK or a spawned CLI.
 *
 *     const ec2 = await startEndpoint({ regions: { 'us-east-1': { keyPairs: [{ KeyName: 'a' }] }, 'eu-west-1': {} } });
 *     ec2.misbehave('eu-west-1', 'DescribeImages', { deny: true });
 *     // AWS_ENDPOINT_URL_EC2=<ec2.url>, or --endpoint-url <ec2.url>, and any AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY
 *     expect(ec2.calls('DescribeVpcs', 'eu-west-1')[0]?.params).toEqual({ MaxResults: 1000 });
 *     await ec2.close();
 *
 * Spawn asynchronously: the double lives in the calling process, so `spawnSync` would wait for itself.
 */
export async function startEndpoint(model: EndpointModel): Promise<Endpoint> {
  const regions: Record<string, RegionModel> = { ...model.regions };
  const faults = new Map<string, Told>();
  for (const [region, { faults: said = {} }] of Object.entries(regions)) {
    for (const [action, fault] of Object.entries(said)) faults.set(`${region} ${action}`, told(fault));
  }
  const received: Received[] = [];
  let busy = 0;
  let busiest = 0;

  const faultFor = ({ region, action, params }: Received): Fault => {
    const entry = faults.get(`${region} ${action}`) ?? faults.get(`${region} *`);
    if (!entry || !JSON.stringify(params).includes(entry.fault.naming ?? '')) return {};
    const { after = 0, times = Number.POSITIVE_INFINITY } = entry.fault;
    const at = entry.seen++;
    if (entry.fault.bucket && !draw(entry, entry.fault.bucket)) return { throttle: true };
    if (at >= after && at < after + times) return entry.fault;
    const { pageCap, emptyPages, tokenLoop, newTokens } = entry.fault;
    return {
      ...(pageCap ? { pageCap } : {}),
      ...(emptyPages ? { emptyPages } : {}),
      ...(tokenLoop ? { tokenLoop } : {}),
      ...(newTokens ? { newTokens } : {}),
    };
  };

  const answer = (request: Received, fault: Fault, requestId: string): string => {
    const { action, region, form, service, accessKeyId } = request;
    const here = regions[region] ?? elsewhere(request, regions);
    // What AWS says to keys of another partition, and in a region that is not enabled.
    const { unauthenticated, denied, throttled, unknown } = REFUSALS[service];
    if (service === 'sts') {
      if (fault.authFailure || here?.optIn === 'not-opted-in') throw unauthenticated;
      if (model.sts === false || fault.unsupported) throw unknown(action);
    }
    if (fault.error) throw new AwsError(fault.error.status, fault.error.code, fault.error.message);
    if (fault.authFailure || !here || here.optIn === 'not-opted-in') throw unauthenticated;
    if (fault.deny) throw denied;
    if (fault.throttle) throw throttled;
    const account = accountOf(accessKeyId, here.account ?? '111122223333');
    if (service === 'sts') return answerSts(action, form, account, model.roles ?? {}, requestId);
    const operation = operationOf(service, action);
    if (!operation || fault.unsupported) throw unknown(action);
    const asked = { input: request.params, here, account, all: regions, fault };
    return replyOf(service, operation.schema, operation.answer(asked), requestId);
  };

  const answerBlocks = (outgoing: ServerResponse, request: Received, fault: Fault): void => {
    try {
      answerEbs(outgoing, request, regions[request.region], fault);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      ebsErrorReply(outgoing, error);
    }
  };

  const server = createServer(async (incoming, outgoing) => {
    busiest = Math.max(busiest, ++busy);
    outgoing.once('close', () => {
      busy -= 1;
    });
    const request = await readRequest(incoming);
    received.push(request);
    const fault = faultFor(request);
    const requestId = randomUUID();
    if (fault.delayMs) await delay(fault.delayMs);
    if (fault.dateOffMs !== undefined)
      outgoing.setHeader('date', new Date(Date.now() + fault.dateOffMs).toUTCString());
    if (request.service === 'ebs') return answerBlocks(outgoing, request, fault);
    try {
      misanswer(outgoing, answer(request, fault, requestId), fault, request.service);
    } catch (error) {
      const known = error instanceof AwsError ? error : new AwsError(500, 'InternalError', String(error));
      send(outgoing, known.status, errorOf(request.service, known, requestId), typeOf(request.service));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    calls: (action, region) =>
      received.filter((r) => r.action === action && (!region || r.region === region)),
    misbehave: (region, action, fault) => {
      if (fault) faults.set(`${region} ${action}`, told(fault));
      else faults.delete(`${region} ${action}`);
    },
    replace: (region, next) => {
      regions[region] = next;
    },
    get busiest() {
      return busiest;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** What was said of an action, and what has become of it since. */
interface Told {
  readonly fault: Fault;
  seen: number;
  tokens: number;
  filledAt: number;
}

function told(fault: Fault): Told {
  return { fault, seen: 0, tokens: fault.bucket?.capacity ?? 0, filledAt: Date.now() };
}

function draw(entry: Told, bucket: NonNullable<Fault['bucket']>): boolean {
  const now = Date.now();
  const refill = ((now - entry.filledAt) / 1000) * bucket.perSecond;
  entry.tokens = Math.min(bucket.capacity, entry.tokens + refill);
  entry.filledAt = now;
  if (entry.tokens < 1) return false;
  entry.tokens -= 1;
  return true;
}

/** The regions that are always on answer for the account as a whole, whether a test has anything in them or not. */
function elsewhere(
  { region, action, service }: Received,
  regions: Readonly<Record<string, RegionModel>>,
): RegionModel | undefined {
  const global = service === 'sts' || action === 'DescribeRegions';
  const [account] = Object.values(regions).flatMap((r) => r.account ?? []);
  return global && ['us-east-1', 'cn-north-1', 'us-gov-west-1'].includes(region)
    ? account
      ? { account }
      : {}
    : undefined;
}

async function readRequest(incoming: IncomingMessage): Promise<Received> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const body = Buffer.concat(chunks).toString();
  const form = new URLSearchParams(body);
  const target = String(incoming.headers['x-amz-target'] ?? '').split('.')[1];
  const action = target ?? form.get('Action') ?? '';
  // Authorization: AWS4-HMAC-SHA256 Credential=<key>/<date>/<region>/<service>/aws4_request, …
  const scope = /Credential=([^/]+)\/\d+\/([^/]+)\/([^/]+)\//.exec(incoming.headers.authorization ?? '');
  const service = serviceOf(scope?.[3]);
  const blocks = service === 'ebs' ? ebsRequest(incoming.url ?? '/') : null;
  return {
    service,
    action: blocks?.action ?? action,
    region: scope?.[2] ?? '',
    accessKeyId: scope?.[1] ?? '',
    userAgent: incoming.headers['user-agent'] ?? '',
    params: blocks?.params ?? paramsOf(service, action, form, body),
    form,
  };
}

function typeOf(service: Service): string {
  return speaksJson(service) ? 'application/x-amz-json-1.1' : 'text/xml;charset=UTF-8';
}

const HTML =
  '<!DOCTYPE html><html><head><title>Sign in</title></head><body><p>Welcome to the network.</p></body></html>';

/** A good answer, spoilt the way that was asked for. */
function misanswer(outgoing: ServerResponse, body: string, fault: Fault, service: Service): void {
  const type = typeOf(service);
  const half = body.slice(0, Math.floor(body.length / 2));
  if (fault.dropConnection) outgoing.socket?.destroy();
  else if (fault.html) send(outgoing, fault.html === true ? 200 : fault.html, HTML, 'text/html');
  else if (fault.body !== undefined) send(outgoing, 200, fault.body, type);
  else if (fault.gzip) sendCompressed(outgoing, body, fault.gzip, type);
  else if (fault.brokenXml) send(outgoing, 200, body.replace(/<\/\w+>(?![\s\S]*<\/)/, '</Another>'), type);
  else if (fault.truncate) send(outgoing, 200, half, type);
  else if (fault.stall || fault.dropHalfway) {
    outgoing.writeHead(200, {
      'content-type': type,
      'content-length': Buffer.byteLength(body),
    });
    outgoing.write(half, () => {
      if (fault.dropHalfway) setTimeout(() => outgoing.socket?.destroy(), 10);
    });
  } else if (fault.dripMs !== undefined || fault.endless) {
    outgoing.writeHead(200, { 'content-type': type });
    outgoing.write(half);
    pour(outgoing, fault.dripMs);
  } else send(outgoing, 200, body, type);
}

/** White space until the other side hangs up. */
function pour(outgoing: ServerResponse, dripMs: number | undefined): void {
  const chunk = ' '.repeat(dripMs === undefined ? 65_536 : 1);
  const more = () => {
    if (outgoing.destroyed) return;
    if (dripMs !== undefined) outgoing.write(chunk, () => setTimeout(more, dripMs));
    else if (outgoing.write(chunk)) setImmediate(more);
    else outgoing.once('drain', more);
  };
  more();
}

function sendCompressed(outgoing: ServerResponse, body: string, how: 'whole' | 'half', type: string): void {
  const whole = gzipSync(body);
  const sent = how === 'whole' ? whole : whole.subarray(0, whole.length / 2);
  outgoing.writeHead(200, {
    'content-type': type,
    'content-encoding': 'gzip',
    'content-length': sent.length,
  });
  outgoing.end(sent);
}

function send(outgoing: ServerResponse, status: number, body: string, type: string): void {
  outgoing.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) });
  outgoing.end(body);
}
