/** What an audit reads first of both regions, of the kinds that the others read, without the comparison: PORT. */
import { openSide } from '../../src/collectors/live.ts';

const [port] = process.argv.slice(2);
await Promise.all(
  ['us-east-1', 'eu-west-1'].map(async (region) => {
    const side = await openSide({ region, endpointUrl: `http://127.0.0.1:${port}` });
    const { keyPairs, securityGroups, images } = await side.collect({
      scopes: ['key-pairs', 'security-groups', 'images'],
      detailLimit: 500,
      now: () => new Date(),
    });
    side.close();
    for (const kind of [keyPairs, securityGroups, images])
      if (kind.status === 'failed') throw new Error(kind.failure.message);
  }),
);
