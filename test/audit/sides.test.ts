import { describe, expect, it } from 'vitest';
import { parseSide } from '../../src/audit/sides.ts';
import { REGIONS } from '../../src/inventory/regions.ts';
import { Unable } from '../../src/inventory/unable.ts';

describe('a side that names a region', () => {
  it.each(REGIONS)('%s is read', async (region) => {
    expect(await parseSide(region)).toMatchObject({ form: 'live', region });
  });

  it.each(['us-east-3', 'ca-north-1', 'nz-south-1', 'eusc-fr-west-1', 'us-gov-central-1'])(
    '%s may be newer than the table, and is read',
    async (region) => {
      expect(await parseSide(region)).toMatchObject({ form: 'live', region });
    },
  );

  it.each([
    ['us-esat-1', 'us-east-1'],
    ['us-esat-1@prod', 'us-east-1@prod'],
    ['eu-wst-1', 'eu-west-1'],
    ['ap-southest-1', 'ap-southeast-1'],
    ['eu-centrall-1', 'eu-central-1'],
    ['us-gov-wset-1', 'us-gov-west-1'],
    ['us-east-1a', 'us-east-1'],
  ])('%s is told at once, with %s', async (text, meant) => {
    const error = await parseSide(text).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Unable);
    expect((error as Unable).hint).toContain(`Did you mean ${meant}?`);
  });

  it('without a profile after the @ is refused at once', async () => {
    await expect(parseSide('us-east-1@')).rejects.toThrow('"us-east-1@" names no profile after the @.');
  });
});
