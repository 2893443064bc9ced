import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { audit as auditLive, type Report } from '../../src/index.ts';
import { audit as auditInMemory } from '../kit/estate.ts';
import { estates } from '../kit/random-estate.ts';
import { SOURCE, TARGET } from './estate.ts';
import { AWS_ENV, type Moto, startMoto } from './kit.ts';
import { seedEstates } from './seed-estate.ts';

let moto: Moto;
beforeAll(async () => {
  Object.assign(process.env, AWS_ENV);
  moto = await startMoto();
}, 180_000);
afterAll(() => moto?.stop());

const KINDS = ['key-pair', 'security-group', 'prefix-list'];
const found = ({ findings }: Report) =>
  findings
    .filter((f) => KINDS.includes(f.kind))
    .map((f) => `${f.rule} ${f.subject.scope}/${f.subject.name} ${f.content}`)
    .sort();

it.each([1, 2, 3, 4])(
  'estate %d, with names that a shell could run, audits over the API as in memory',
  async (seed) => {
    await fetch(`${moto.url}/moto-api/reset`, { method: 'POST' });
    const [pair] = fc.sample(estates, { seed, numRuns: 1 });
    if (!pair) throw new Error('no estate');
    await seedEstates(moto.url, pair);
    const endpoint = { endpointUrl: moto.url };
    const live = await auditLive(SOURCE, TARGET, { source: endpoint, target: endpoint });
    expect(found(live)).toEqual(found(auditInMemory(pair.source, pair.target)));
  },
);
