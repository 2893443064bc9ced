/** Who makes the calls of a process. */
export interface Keys extends NodeJS.ProcessEnv {
  readonly AWS_ACCESS_KEY_ID: string;
  readonly AWS_SECRET_ACCESS_KEY: string;
}

/** A user that may do what the statements say, once the server asks who may do what. */
export async function makeUser(url: string, UserName: string, Statement: readonly object[]): Promise<Keys> {
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
  await iam(url, { Action: 'CreateUser', UserName });
  await iam(url, { Action: 'PutUserPolicy', UserName, PolicyName: 'of-the-test', PolicyDocument });
  const answer = await iam(url, { Action: 'CreateAccessKey', UserName });
  const part = (name: string) => new RegExp(`<${name}>(.*?)</${name}>`).exec(answer)?.[1] ?? '';
  return { AWS_ACCESS_KEY_ID: part('AccessKeyId'), AWS_SECRET_ACCESS_KEY: part('SecretAccessKey') };
}

/** From now on the server checks signatures and policies, of every call. */
export async function enforceAuthorization(url: string): Promise<void> {
  const answer = await fetch(`${url}/moto-api/reset-auth`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body: '0',
  });
  if (!answer.ok) throw new Error(`reset-auth: ${answer.status}`);
}

/** The query protocol by hand: one more client would be one more dependency. */
async function iam(url: string, input: Readonly<Record<string, string>>): Promise<string> {
  const scope = 'Credential=test/20260101/us-east-1/iam/aws4_request';
  const answer = await fetch(url, {
    method: 'POST',
    headers: { authorization: `AWS4-HMAC-SHA256 ${scope}, SignedHeaders=host, Signature=0` },
    body: new URLSearchParams({ ...input, Version: '2010-05-08' }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${input.Action}: ${answer.status} ${text}`);
  return text;
}
