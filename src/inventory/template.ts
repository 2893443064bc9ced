import * as z from 'zod';
import type { Kind } from './kinds.ts';
import { userDataNamesSchema } from './user-data.ts';

/**
 * A value of a CloudFormation template as far as a reference needs it: what it says, not yet its value,
 * since that depends on the region. What is not understood is kept as `unknown` with its own words, never dropped.
 */
export type Expression =
  | { is: 'text'; text: string }
  | { is: 'list'; items: Expression[] }
  | { is: 'parameter'; name: string }
  | { is: 'pseudo'; name: string }
  | { is: 'resource'; logicalId: string; attribute: string | null }
  | { is: 'map'; map: string; first: Expression; second: Expression; otherwise: Expression | null }
  | { is: 'join'; separator: string; parts: Expression[] }
  /** `trim`: the service drops the blanks around each part. */
  | { is: 'split'; separator: string; from: Expression; trim?: true | undefined }
  | { is: 'select'; index: Expression; from: Expression }
  | { is: 'if'; condition: string; yes: Expression; no: Expression }
  | { is: 'ssm'; name: Expression }
  | { is: 'import'; name: Expression }
  | { is: 'length'; of: Expression }
  | { is: 'zones'; region: Expression }
  /** Of an object that a parameter of this type names: Fn::ValueOf and Fn::ValueOfAll of Rules. */
  | { is: 'attribute'; of: Expression; type: string; name: string }
  | { is: 'unknown'; what: string };

// Named, so that the function gives one schema each time it is asked: the JSON Schema is made by asking until nothing new comes.
export const expressionSchema: z.ZodType<Expression> = z.lazy(() => EXPRESSIONS);
const EXPRESSIONS = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('text'), text: z.string() }),
  z.strictObject({ is: z.literal('list'), items: z.array(expressionSchema) }),
  z.strictObject({ is: z.literal('parameter'), name: z.string() }),
  z.strictObject({ is: z.literal('pseudo'), name: z.string().describe('"AWS::Region", …') }),
  z.strictObject({ is: z.literal('resource'), logicalId: z.string(), attribute: z.string().nullable() }),
  z.strictObject({
    is: z.literal('map'),
    map: z.string(),
    first: expressionSchema,
    second: expressionSchema,
    otherwise: expressionSchema.nullable().describe('DefaultValue of Fn::FindInMap.'),
  }),
  z.strictObject({ is: z.literal('join'), separator: z.string(), parts: z.array(expressionSchema) }),
  z.strictObject({
    is: z.literal('split'),
    separator: z.string(),
    from: expressionSchema,
    trim: z.literal(true).optional().describe('The service drops the blanks around each part.'),
  }),
  z.strictObject({ is: z.literal('select'), index: expressionSchema, from: expressionSchema }),
  z.strictObject({
    is: z.literal('if'),
    condition: z.string(),
    yes: expressionSchema,
    no: expressionSchema,
  }),
  z.strictObject({
    is: z.literal('ssm'),
    name: expressionSchema.describe('Of the parameter, of {{resolve:ssm:…}}.'),
  }),
  z.strictObject({
    is: z.literal('import'),
    name: expressionSchema.describe('Of the export that Fn::ImportValue takes.'),
  }),
  z.strictObject({ is: z.literal('length'), of: expressionSchema }),
  z.strictObject({
    is: z.literal('zones'),
    region: expressionSchema.describe('Of Fn::GetAZs; an empty text: that of the stack.'),
  }),
  z.strictObject({
    is: z.literal('attribute'),
    of: expressionSchema,
    type: z.string().describe('"AWS::EC2::Subnet::Id", …'),
    name: z.string().describe('"VpcId", "Tags.team", …'),
  }),
  z.strictObject({
    is: z.literal('unknown'),
    what: z.string().describe('What is written there: "Fn::Cidr", …'),
  }),
]);

export type Condition =
  | { is: 'equals'; left: Expression; right: Expression }
  | { is: 'and' | 'or'; of: Condition[] }
  | { is: 'not'; of: Condition }
  | { is: 'condition'; name: string }
  /** Every one of `values` is in `list`: Fn::Contains, Fn::EachMemberIn and Fn::EachMemberEquals of Rules. */
  | { is: 'all-in'; values: Expression; list: Expression }
  | { is: 'unknown'; what: string };

export const conditionSchema: z.ZodType<Condition> = z.lazy(() => CONDITIONS);
const CONDITIONS = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('equals'), left: expressionSchema, right: expressionSchema }),
  z.strictObject({ is: z.enum(['and', 'or']), of: z.array(conditionSchema) }),
  z.strictObject({ is: z.literal('not'), of: conditionSchema }),
  z.strictObject({ is: z.literal('condition'), name: z.string() }),
  z.strictObject({ is: z.literal('all-in'), values: expressionSchema, list: expressionSchema }),
  z.strictObject({ is: z.literal('unknown'), what: z.string() }),
]);

export const REFERENCE_KINDS = [
  'key-pair',
  'security-group',
  'image',
  'prefix-list',
  'launch-template',
  'launch-configuration',
] as const satisfies readonly Kind[];
export type ReferenceKind = (typeof REFERENCE_KINDS)[number];

/** Of what is written in another file than the template itself: that of a nested stack. */
const fileSchema = z.string().optional().describe('The file of a nested stack, where it is written in one.');

export const templateParameterSchema = z.strictObject({
  name: z.string(),
  type: z.string(),
  default: z.string().nullable(),
  value: z
    .string()
    .nullable()
    .describe("The stack's own value; null of a template file, or where it is masked."),
  resolved: z.string().nullable().describe('What an SSM-typed parameter came to on its own side.'),
  masked: z.boolean().describe('NoEcho: the value is not to be had.'),
  line: z.number().nullable().describe('Of its Default, else of its name; from 1.'),
  file: fileSchema,
});
export type TemplateParameter = z.infer<typeof templateParameterSchema>;

export const templateReferenceSchema = z.strictObject({
  resource: z.string().describe('Its logical id; of a value in Mappings or Parameters, that name.'),
  type: z.string().describe('"AWS::EC2::LaunchTemplate", …'),
  path: z.string().describe('"Properties.LaunchTemplateData.ImageId"'),
  line: z.number().nullable().describe('From 1; null where the text shows none.'),
  file: fileSchema,
  to: z.enum(REFERENCE_KINDS),
  by: z.enum(['id', 'name', 'either']).describe('Whether the property takes ids, names, or both.'),
  launches: z.boolean().describe('Whether the resource starts instances with it.'),
  value: expressionSchema,
  version: expressionSchema.optional().describe('Of a launch template, where one is named.'),
  region: expressionSchema.optional().describe('Of an image that is copied from a region: that region.'),
});
export type TemplateReference = z.infer<typeof templateReferenceSchema>;

const writtenSchema = z.strictObject({
  resource: z.string().describe('The logical id, or the name of the parameter, condition, output or rule.'),
  type: z.string().describe('The resource type; of a part of another section, the name of that section.'),
  path: z.string(),
  line: z.number().nullable(),
  file: fileSchema,
});

export const templateLookUpSchema = writtenSchema.extend({
  value: expressionSchema.describe('A mapping row, an SSM parameter or an export.'),
});
export type TemplateLookUp = z.infer<typeof templateLookUpSchema>;

/** The kinds of which a template can create an object under a name that it chooses. */
export const CREATED_KINDS = [
  'key-pair',
  'security-group',
  'launch-template',
  'launch-configuration',
  'auto-scaling-group',
  'instance-profile',
  'role',
  'placement-group',
  'target-group',
  'classic-load-balancer',
  'parameter',
  'export',
] as const;
export type CreatedKind = (typeof CREATED_KINDS)[number];

export const templateCreationSchema = writtenSchema.extend({
  to: z.enum(CREATED_KINDS),
  name: expressionSchema,
  vpc: expressionSchema.nullable().describe('Of a security group; null: the default VPC.'),
});
export type TemplateCreation = z.infer<typeof templateCreationSchema>;

/** What a launch names besides key pair and name of a group. */
export const LAUNCH_FIELDS = [
  'type',
  'requirement',
  'market',
  'spot-price',
  'on-demand-base',
  'on-demand-percent',
  'subnet',
  'interface',
  'zone',
  'profile',
  'placement-group',
  'private-address',
  'host',
  'host-resource-group',
  'reservation',
  'licence',
  'target-group',
  'load-balancer',
  // Of Elastic Beanstalk.
  'platform',
  'service-linked-role',
  'http-tokens',
  'http-endpoint',
  'hibernation',
  'enclave',
  'ebs-optimized',
  'device',
  'snapshot',
  'kms-key',
  'size',
  'encrypted',
  'volume-type',
  'iops',
  'throughput',
  'image',
  'group',
  // How many instances.
  'count',
] as const;
export type LaunchField = (typeof LAUNCH_FIELDS)[number];

export const templateLaunchSchema = z.strictObject({
  resource: z.string(),
  type: z.string(),
  starts: z
    .boolean()
    .default(true)
    .describe('Whether the resource starts instances; else what it names still has to exist.'),
  fields: z.array(
    z.strictObject({
      field: z.enum(LAUNCH_FIELDS),
      path: z.string(),
      line: z.number().nullable(),
      file: fileSchema,
      value: expressionSchema,
    }),
  ),
  userData: userDataNamesSchema
    .nullable()
    .default(null)
    .describe('What the texts that are written in its user data name; never the texts.'),
});
export type TemplateLaunch = z.infer<typeof templateLaunchSchema>;

/** What exists in one region only and is no part of a launch. */
export const BOUND_KINDS = [
  'vpc',
  'route-table',
  'gateway',
  'network-acl',
  'elastic-ip',
  'volume',
  'instance',
  'arn',
] as const;
export type BoundKind = (typeof BOUND_KINDS)[number];

export const templateBoundSchema = writtenSchema.extend({
  to: z.enum(BOUND_KINDS),
  value: expressionSchema,
});

export const templateRuleSchema = z.strictObject({
  name: z.string(),
  line: z.number().nullable(),
  file: fileSchema,
  when: conditionSchema.nullable().describe('RuleCondition; null: the rule always holds.'),
  assertions: z.array(z.strictObject({ assert: conditionSchema, says: z.string().nullable() })),
});

export const TEMPLATE_FAULTS = [
  'no-such-name',
  'no-such-condition',
  'no-value',
  'refused-text',
  'no-property',
  'no-image',
] as const;

export const templateFaultSchema = writtenSchema.extend({
  is: z
    .enum(TEMPLATE_FAULTS)
    .describe(
      '`no-such-name`: neither a parameter nor a resource; `no-value`: a property that is null; `refused-text`: a text that EC2 refuses; `no-property`: a required property that is not given; `no-image`: a launch that names no image itself.',
    ),
  what: z.string().describe('The name that is not defined, or the property.'),
  value: expressionSchema
    .optional()
    .describe('Something where the fault exists, nothing where it does not; absent: it exists everywhere.'),
});
export type TemplateFault = z.infer<typeof templateFaultSchema>;

/** A template, read for what it refers to. Only the mappings and conditions that a reference goes through are kept. */
export const templateSchema = z.strictObject({
  parameters: z.array(templateParameterSchema),
  mappings: z.array(
    z.strictObject({
      map: z.string(),
      first: z.string(),
      second: z.string(),
      value: z.union([z.string(), z.array(z.string())]),
      line: z.number().nullable(),
      file: fileSchema,
    }),
  ),
  conditions: z.array(z.strictObject({ name: z.string(), condition: conditionSchema })),
  resources: z.array(z.strictObject({ logicalId: z.string(), type: z.string() })),
  references: z.array(templateReferenceSchema),
  unknownLaunches: z
    .array(
      z.strictObject({
        resource: z.string(),
        type: z.string().describe('The resource type, or the name of a transform.'),
        line: z.number().nullable(),
        file: fileSchema,
        value: expressionSchema.describe('Says why; nothing where the resource is not created.'),
      }),
    )
    .default([])
    .describe('What may start instances without the template showing with what.'),
  lookUps: z
    .array(templateLookUpSchema)
    .default([])
    .describe(
      'What CloudFormation has to find before it creates anything, independent of what uses the value.',
    ),
  creates: z
    .array(templateCreationSchema)
    .default([])
    .describe('What it creates under a name that it chooses.'),
  launches: z
    .array(templateLaunchSchema)
    .default([])
    .describe('What each resource that starts instances names besides its key pair.'),
  bounds: z
    .array(templateBoundSchema)
    .default([])
    .describe('What resources name besides by an id or ARN of one region.'),
  rules: z.array(templateRuleSchema).default([]).describe('What Rules demands of the parameters.'),
  faults: z
    .array(templateFaultSchema)
    .default([])
    .describe('For what CloudFormation refuses the template in every region.'),
});
export type Template = z.infer<typeof templateSchema>;
