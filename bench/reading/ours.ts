/** The security groups of the server's region as this tool reads them: PORT. */
import { openSide } from '../../src/collectors/live.ts';
import { writeUsage } from './usage.ts';

const [port] = process.argv.slice(2);
const side = await openSide({ region: 'us-east-1', endpointUrl: `http://127.0.0.1:${port}` });
const { securityGroups } = await side.collect({ scopes: ['security-groups'], now: () => new Date() });
side.close();
if (securityGroups.status === 'failed') throw new Error(securityGroups.failure.message);
writeUsage();
