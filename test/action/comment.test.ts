import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { writeDumps } from '../cli/kit/estate.ts';
import { temporaryFolder } from '../cli/kit/run.ts';
import { installNpx, runJob } from '../kit/github.ts';
import { action, useAction } from './kit.ts';

interface Comment {
  readonly id: number;
  body: string;
  readonly user: string;
}

/** The part of GitHub's API that has comments: it pages, and lets nobody change the comment of another user. */
let api: Server;
let comments: Comment[] = [];
let asked: string[] = [];
let refuse: (line: string) => number | null = () => null;
let home: string;

beforeAll(async () => {
  api = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => {
      text += chunk;
    });
    request.on('end', () => {
      const url = new URL(request.url ?? '', 'http://api');
      asked.push(`${request.method} ${url.pathname}${url.search} ${request.headers.authorization}`);
      const [status, answer] = answerTo(request.method ?? '', url, text);
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
  home = temporaryFolder();
  writeDumps(join(home, 'dumps/us-east-1'), { region: 'us-east-1' });
  writeDumps(join(home, 'dumps/eu-west-1'), { region: 'eu-west-1', groups: [] });
  writeFileSync(join(home, 'event.json'), JSON.stringify({ pull_request: { number: 7 } }));
  writeFileSync(join(home, 'push.json'), JSON.stringify({ ref: 'refs/heads/main' }));
  installNpx(home);
}, 120_000);
afterAll(() => new Promise((resolve) => api.close(resolve)));
beforeEach(() => {
  comments = [];
  asked = [];
  refuse = () => null;
});

function answerTo(method: string, url: URL, text: string): [number, unknown] {
  const refused = refuse(`${method} ${url.pathname}`);
  if (refused !== null) return [refused, { message: 'refused' }];
  if (method === 'GET' && url.pathname === '/repos/acme/infra/issues/7/comments') {
    const [size, page] = [Number(url.searchParams.get('per_page')), Number(url.searchParams.get('page'))];
    return [200, comments.slice((page - 1) * size, page * size)];
  }
  if (method === 'POST' && url.pathname === '/repos/acme/infra/issues/7/comments') {
    const made = { id: 1000 + comments.length, body: JSON.parse(text).body, user: 'bot' };
    comments.push(made);
    return [201, made];
  }
  const id = Number(/^\/repos\/acme\/infra\/issues\/comments\/(\d+)$/.exec(url.pathname)?.[1]);
  const comment = comments.find((c) => c.id === id);
  if (method !== 'PATCH' || !comment) return [404, {}];
  if (comment.user !== 'bot') return [403, {}];
  comment.body = JSON.parse(text).body;
  return [200, comment];
}

const environment = (event = 'event.json') => ({
  GITHUB_API_URL: `http://127.0.0.1:${(api.address() as AddressInfo).port}`,
  GITHUB_REPOSITORY: 'acme/infra',
  GITHUB_EVENT_PATH: join(home, event),
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_RUN_ID: '42',
});

/** Only the step that comments, after an audit that wrote this text. */
function comment(text: string, { event = 'event.json', target = 'eu-west-1' } = {}) {
  writeFileSync(join(home, 'comment.md'), text);
  const step = action.runs.steps.find((s) => 'run' in s && s.run.includes('comment.mjs'));
  return runJob({
    home,
    steps: [step as never],
    contexts: {
      inputs: { comment: 'true', source: 'us-east-1', target, phase: 'readiness', 'github-token': 'secret' },
    },
    env: { GITHUB_ACTION_PATH: join(import.meta.dirname, '../..'), ...environment(event) },
    outputs: { audit: { 'comment-path': join(home, 'comment.md') } },
  });
}
const marked = /^<!-- ec2-parity [0-9a-f]{16} -->\n/;

describe('the comment on a pull request', () => {
  it('is the report, written once and then changed in place', async () => {
    const first = await useAction(
      home,
      { source: 'dumps/us-east-1', target: 'dumps/eu-west-1', comment: 'true' },
      environment(),
    );
    expect(first.failed).toBe(true);
    expect(comments).toHaveLength(1);
    expect(comments[0]?.body).toMatch(marked);
    expect(comments[0]?.body).toContain('### ✖ No workloads to launch');
    expect(comments[0]?.body).toContain('(https://github.com/acme/infra/actions/runs/42)');
    writeDumps(join(home, 'dumps/eu-west-1'), { region: 'eu-west-1' });
    await useAction(
      home,
      { source: 'dumps/us-east-1', target: 'dumps/eu-west-1', comment: 'true' },
      environment(),
    );
    expect(comments).toHaveLength(1);
    expect(comments[0]?.body).not.toContain('### ✖');
    expect(asked.every((line) => line.endsWith(' Bearer token-of-the-job'))).toBe(true);
  });

  it('says so where there was no report', async () => {
    await useAction(
      home,
      { source: 'dumps/nowhere', target: 'dumps/eu-west-1', comment: 'true' },
      environment(),
    );
    expect(comments.map(({ body }) => body.replace(marked, '').replace(/\n\n\[The run\].*/, ''))).toEqual([
      expect.stringContaining('could not audit'),
    ]);
  });

  it('is found behind hundreds of others, and other pairs of sides have their own', async () => {
    comments = Array.from({ length: 205 }, (_, i) => ({ id: i, body: 'Looks good.', user: 'someone' }));
    await comment('one');
    await comment('two', { target: 'ap-south-1' });
    await comment('three');
    expect(
      comments.slice(205).map(({ body }) => body.replace(marked, '').replace(/\n\n\[The run\].*/, '')),
    ).toEqual(['three', 'two']);
  });

  it('is written anew where the one with its marker is of somebody else', async () => {
    await comment('one');
    comments = comments.map((c) => ({ ...c, user: 'someone' }));
    await comment('two');
    expect(comments.map(({ body }) => body.replace(marked, '').replace(/\n\n\[The run\].*/, ''))).toEqual([
      'one',
      'two',
    ]);
  });

  it('holds no name that could end its marker', async () => {
    await comment('text', { target: '--> <script>' });
    expect(comments[0]?.body).toMatch(marked);
    expect(comments[0]?.body).not.toContain('script');
  });

  it.each([
    ['the API refuses to write, as for a fork', 403, 'POST'],
    ['the API is down', 500, 'GET'],
  ])('does not fail the job where %s', async (_, status, method) => {
    refuse = (line) => (line.startsWith(method) ? status : null);
    const { failed, log } = await comment('text');
    expect(failed).toBe(false);
    expect(log).toContain(`was answered with ${status}. The job needs the permission pull-requests: write.`);
    expect(log).not.toContain('secret');
  });

  it('is not for a run that is of no pull request', async () => {
    const { failed, log } = await comment('text', { event: 'push.json' });
    expect([failed, asked]).toEqual([false, []]);
    expect(log).toContain('::notice title=ec2-parity::This run is not of a pull request');
  });

  it('is not longer than GitHub takes', async () => {
    const { log } = await comment('x'.repeat(70_000));
    expect([comments, log]).toEqual([[], expect.stringContaining('more than GitHub takes')]);
  });
});
