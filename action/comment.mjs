// The step that comments on the pull request: one comment per pair of sides, changed in place. It never fails the job: what
// the audit found counts, and a pull request from a fork has a token that may not comment.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { command } from './github.mjs';

const PER_PAGE = 100;
const MOST_PAGES = 50;
const MOST_CHARACTERS = 65_000;

const { env } = process;

/** Hidden in the comment. A digest, so that nothing of a name can end the HTML comment. */
function markerOf(...parts) {
  const digest = createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
  return `<!-- ec2-parity ${digest} -->`;
}

function pullRequest() {
  const event =
    env.GITHUB_EVENT_PATH && existsSync(env.GITHUB_EVENT_PATH)
      ? JSON.parse(readFileSync(env.GITHUB_EVENT_PATH, 'utf8'))
      : {};
  const number = event.pull_request?.number ?? (event.issue?.pull_request ? event.issue.number : undefined);
  return Number.isInteger(number) ? number : null;
}

function linkToRun() {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run } = env;
  if (!server || !/^\d+$/.test(run ?? '')) return '';
  return `\n\n[The run](${server}/${repository}/actions/runs/${run}) has all reports.`;
}

async function ask(method, path, body) {
  const response = await fetch(`${env.GITHUB_API_URL || 'https://api.github.com'}${path}`, {
    method,
    headers: {
      accept: 'application/vnd.github+json',
      authorization: `Bearer ${env.INPUT_GITHUB_TOKEN}`,
      'content-type': 'application/json',
      'user-agent': 'ec2-parity-action',
      'x-github-api-version': '2022-11-28',
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(30_000),
  });
  if (!response.ok) {
    const error = new Error(`${method} ${path} was answered with ${response.status}`);
    throw Object.assign(error, { status: response.status });
  }
  return response.json();
}

/** The comment of an earlier run, by the marker that it begins with. */
async function earlier(base, number, marker) {
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const comments = await ask('GET', `${base}/issues/${number}/comments?per_page=${PER_PAGE}&page=${page}`);
    const own = comments.find(({ body }) => typeof body === 'string' && body.startsWith(marker));
    if (own) return own.id;
    if (comments.length < PER_PAGE) return null;
  }
  return null;
}

async function main() {
  const number = pullRequest();
  if (number === null) {
    command(
      'notice',
      { title: 'ec2-parity' },
      'This run is not of a pull request, so there is nothing to comment on.',
    );
    return;
  }
  if (!env.INPUT_GITHUB_TOKEN) throw new Error('the input github-token is empty');
  if (!/^[\w.-]+\/[\w.-]+$/.test(env.GITHUB_REPOSITORY ?? ''))
    throw new Error('GITHUB_REPOSITORY is not owner/name');
  const base = `/repos/${env.GITHUB_REPOSITORY}`;
  const marker = markerOf(env.INPUT_SOURCE, env.INPUT_TARGET, env.INPUT_PHASE);
  const report = env.INPUT_COMMENT_PATH;
  const text =
    report && existsSync(report)
      ? readFileSync(report, 'utf8')
      : '### ✖ ec2-parity could not audit\n\nThe log of the run says why.';
  const body = `${marker}\n${text.trimEnd()}${linkToRun()}`;
  if (body.length > MOST_CHARACTERS)
    throw new Error(`the comment has ${body.length} characters, more than GitHub takes`);
  const id = await earlier(base, number, marker);
  if (id !== null) {
    try {
      await ask('PATCH', `${base}/issues/comments/${id}`, { body });
      return;
    } catch (error) {
      // Somebody else wrote a comment with the marker in it, or it was deleted meanwhile.
      if (error.status !== 403 && error.status !== 404) throw error;
    }
  }
  await ask('POST', `${base}/issues/${number}/comments`, { body });
}

await main().catch((error) => {
  command(
    'warning',
    { title: 'ec2-parity' },
    `The pull request has no comment: ${error.message}. The job needs the permission pull-requests: write.`,
  );
});
