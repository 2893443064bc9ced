import * as z from 'zod';

/** A report that is read from a file can have other facts than its rule writes: each variant states what it requires. */

const FEW = 1000;
let checked = 0;

/** The facts, where they are of this shape. */
export function is<S extends z.ZodType>(shape: S, own: unknown): z.infer<S> | null {
  // Only where there are many does it pay to generate a function for each shape.
  const read = shape.safeParse(own, { jitless: checked++ < FEW });
  return read.success ? read.data : null;
}

const none = z.array(z.unknown()).length(0);

/** Objects that a person creates under this name: no service, stack or generator made them. */
export const BY_HAND = { madeBy: z.null(), madeWith: z.null(), stack: z.null(), nameStem: z.null() };

/** An object that a stack makes, where the target has that stack. */
export const byStackOfTarget = z.object({
  madeWith: z.null(),
  stack: z.object({ onTarget: z.string() }),
});

export const changedBy = z
  .union([
    z.object({ is: z.literal('stack'), stack: z.string() }),
    z.object({ is: z.literal('account'), account: z.string() }),
  ])
  .nullable();
export type ChangedBy = z.infer<typeof changedBy>;

const transferred = { nameTaken: z.boolean(), productCodes: none };
/** An image that CopyImage copies without a decision before it. */
export const copied = z.object({ by: z.literal('copy'), ...transferred });
/** An image that another account copies, when the image and its snapshots are shared. */
export const sharedFirst = z.object({
  by: z.literal('share'),
  ...transferred,
  encrypted: z.literal(false),
  shared: z.literal(false).optional(),
  targetAccount: z.string(),
});
export const builtThere = z.object({
  by: z.literal('build'),
  productCodes: none,
  storedIn: z.object({ kind: z.literal('outpost') }),
});

export const missingGroup = z.object({
  ...BY_HAND,
  vpcHasCounterpart: z.literal(true),
  candidates: none,
  beyondQuota: z.number().nullable(),
});

export const missingList = z.object({ ...BY_HAND, managedBy: z.literal('customer') });

const rows = {
  waitsFor: none,
  changedBy,
  beyondQuota: z.number().nullable(),
};
const authorized = z.array(z.string());
export const allowsLess = z.object({
  explained: z.null(),
  fix: z.object({ ...rows, authorize: authorized.min(1) }),
});
export const allowsMore = z.object({
  explained: z.null(),
  fix: z.object({
    ...rows,
    keep: none,
    read: z.literal(true),
    authorize: authorized,
    revoke: z.array(z.string()).min(1),
  }),
});

/** A group that needs nothing but a prefix list that the target does not have. */
export const waitsForList = z.object({
  fix: z.object({
    changedBy: z.null(),
    waitsFor: z.tuple([
      z.object({ kind: z.literal('prefix-list'), name: z.string(), because: z.literal('missing') }),
    ]),
  }),
});

export const entriesDiffer = z.object({
  onlySource: z.array(z.string()),
  onlyTarget: z.array(z.string()),
  changedBy,
});

export const missingImage = z.object({
  state: z.literal('available'),
  recycled: z.null(),
  transfer: z.unknown(),
});

export const missingParameter = z.object({
  reference: z.string(),
  leadsTo: z.null(),
  holds: z.string().optional(),
});

export const hardCoded = z.object({ reference: z.string(), notSharedBy: z.undefined().optional() });

/** Facts that any finding about the text of a template has. */
export const inTemplate = z.object({
  language: z.undefined().optional(),
  notSharedBy: z.undefined().optional(),
});

/** An id of the source region whose counterpart is known. */
export const corresponding = z.object({
  reference: z.string(),
  side: z.literal('target'),
  ofRegion: z.string(),
  corresponds: z.string(),
  onSource: z.literal(false),
  notSharedBy: z.undefined().optional(),
  parameter: z.undefined().optional(),
});
