/** The same bytes by bare HTTP: PORT. */
import { Agent, request } from 'node:http';
import { writeUsage } from './usage.ts';

const [port] = process.argv.slice(2);
const agent = new Agent({ keepAlive: true });

function page(token: string | null): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, method: 'POST', agent }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve(Buffer.concat(chunks)));
    });
    sent.on('error', reject);
    sent.end(`Action=DescribeSecurityGroups&MaxResults=1000${token === null ? '' : `&NextToken=${token}`}`);
  });
}

for (let token: string | null = null, more = true; more; ) {
  const body: Buffer = await page(token);
  const at = body.lastIndexOf('<nextToken>');
  more = at >= 0;
  token = more ? body.subarray(at + 11, body.indexOf('<', at + 11)).toString() : null;
}
agent.destroy();
writeUsage();
