/** The security groups of the server's region by the paginator of the SDK: PORT. */
import { EC2Client, paginateDescribeSecurityGroups, type SecurityGroup } from '@aws-sdk/client-ec2';
import { writeUsage } from './usage.ts';

const [port] = process.argv.slice(2);
const client = new EC2Client({ region: 'us-east-1', endpoint: `http://127.0.0.1:${port}` });
const groups: SecurityGroup[] = [];
for await (const page of paginateDescribeSecurityGroups({ client, pageSize: 1000 }, {}))
  groups.push(...(page.SecurityGroups ?? []));
client.destroy();
writeUsage();
