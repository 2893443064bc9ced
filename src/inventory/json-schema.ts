import * as z from 'zod';
import { SNAPSHOT_VERSION, snapshotSchema } from './snapshot.ts';

/** The JSON Schema (2020-12) of a snapshot file, for editors and for scripts that make or check one. */
export function snapshotJsonSchema(): Record<string, unknown> {
  // Of what may be given in: files of before a field was added are snapshots too.
  const { $schema, ...rest } = z.toJSONSchema(snapshotSchema, { target: 'draft-2020-12', io: 'input' });
  return {
    $schema,
    $id: `urn:ec2-parity:schema:snapshot:${SNAPSHOT_VERSION}`,
    title: 'ec2-parity snapshot',
    description:
      'One side of an audit as it was at one time: the key pairs, security groups, prefix lists, images and VPCs of one AWS ' +
      'account and region. Everything is in canonical form; ids mean something only within the file.',
    ...rest,
  };
}
