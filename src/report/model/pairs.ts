import * as z from 'zod';
import type { DeepReadonly } from '../../inventory/deep-readonly.ts';
import { COMPARED_STATES, KINDS, MATCH_STRENGTHS, SIDES, STATES } from '../vocabulary.ts';

const kind = z.enum(KINDS);

const endSchema = z.object({
  id: z.string(),
  name: z.string(),
  key: z
    .string()
    .nullable()
    .optional()
    .describe(
      'Of a key pair: its public key as `<type>:<SHA-256>`, what `ssh-keygen -l` prints; null where no public key is known.',
    ),
});

const comparedSchema = z
  .object({
    rows: z
      .array(
        z.object({
          side: z.enum(SIDES),
          direction: z.enum(['ingress', 'egress']),
          protocol: z.string(),
          ports: z.string().describe('"22", "1024-65535", an ICMP type and code, or "all".'),
          peer: z.string().describe('A CIDR, or `group:<scope>/<name>`.'),
          via: z.string().optional().describe('The prefix list that the address is an entry of.'),
          entries: z
            .number()
            .optional()
            .describe(
              'Where a report of very many rows does not list them: how many entries of that list, or without a list how many rules that are the same on both sides, the row is for.',
            ),
          state: z
            .enum(COMPARED_STATES)
            .describe(
              '`covered`: not written alike, but the other side admits all of it; `open-to-world`: the target alone admits any address; `unknown`: something that was not read decides it.',
            ),
        }),
      )
      .optional()
      .describe('Of a security group or a prefix list: what both sides admit, in numeric order.'),
    fields: z
      .array(
        z.object({
          name: z.string(),
          source: z.string().nullable(),
          target: z.string().nullable(),
          same: z.boolean().describe('False where the two are proven to differ.'),
          notCompared: z
            .literal(true)
            .optional()
            .describe(
              'No difference is looked for: an id of one region, what something unread decides, what the config ignores.',
            ),
        }),
      )
      .optional()
      .describe('Of other kinds: what the object is.'),
  })
  .describe('Both sides of a pair that has findings.');

export const pairSchema = z.object({
  kind,
  name: z.string(),
  scope: z.string().nullable(),
  vpc: z
    .string()
    .optional()
    .describe(
      'The VPC of a security group by id and ranges, where name and scope do not distinguish it from another group.',
    ),
  state: z.enum(STATES),
  source: endSchema.nullable(),
  target: endSchema.nullable(),
  matchedBy: z.string().nullable().describe('How the two were paired: "name", "public-key", "lineage", …'),
  matchStrength: z
    .enum(MATCH_STRENGTHS)
    .nullable()
    .optional()
    .describe('How certain that is; absent for kinds without such a strength.'),
  findings: z.array(z.string()).describe('Fingerprints.'),
  compared: comparedSchema.optional(),
});

export type Compared = DeepReadonly<z.output<typeof comparedSchema>>;

/** One object and its counterpart, either of which may be null. Every object of both sides is in exactly one pair. */
export type Pair = DeepReadonly<z.output<typeof pairSchema>>;
