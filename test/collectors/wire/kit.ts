import * as autoscaling from '@aws-sdk/client-auto-scaling';
import * as cloudformation from '@aws-sdk/client-cloudformation';
import * as ec2 from '@aws-sdk/client-ec2';
import * as elb from '@aws-sdk/client-elastic-load-balancing';
import * as elbv2 from '@aws-sdk/client-elastic-load-balancing-v2';
import * as iam from '@aws-sdk/client-iam';
import fc from 'fast-check';
import { READ_ACTIONS, type ReadService } from '../../../src/collectors/actions.ts';
import { xmlReplies } from '../../../src/collectors/wire/replies.ts';
import { strictLists } from '../../../src/collectors/wire/strict-lists.ts';
import { type Operation, queryReply, reply, type Shape, shapeOf } from '../../endpoint/wire.ts';

// biome-ignore lint/suspicious/noExplicitAny: the clients of six services, each typed by its own commands
type Any = any;

const SERVICES = { ec2, autoscaling, cloudformation, elb, elbv2, iam } as const satisfies Partial<
  Record<ReadService, object>
>;
type XmlService = keyof typeof SERVICES;
const CLIENTS: Readonly<Record<XmlService, new (config: object) => Any>> = {
  ec2: ec2.EC2Client,
  autoscaling: autoscaling.AutoScalingClient,
  cloudformation: cloudformation.CloudFormationClient,
  elb: elb.ElasticLoadBalancingClient,
  elbv2: elbv2.ElasticLoadBalancingV2Client,
  iam: iam.IAMClient,
};

/** Every read whose answer is XML. */
export const XML_ACTIONS: readonly (readonly [XmlService, string])[] = (
  Object.keys(SERVICES) as XmlService[]
).flatMap((service) => Object.keys(READ_ACTIONS[service]).map((action) => [service, action] as const));

export function operationOf(service: XmlService, action: string): Operation {
  return (SERVICES[service] as Any)[`${action}$`] as Operation;
}

export function replyTo(service: XmlService, action: string, value: object): string {
  const operation = operationOf(service, action);
  return service === 'ec2' ? reply(operation, value, 'r-1') : queryReply(operation, value, 'r-1');
}

/** What came of a reply: what `send` gave, or the error that it threw. */
export type Outcome = { readonly value: unknown } | { readonly error: Readonly<Record<string, unknown>> };

interface Sides {
  readonly stock: (action: string, body: string, status: number) => Promise<Outcome>;
  readonly ours: (action: string, body: string, status: number) => Promise<Outcome>;
  /** How often our client had the SDK read a reply. */
  readonly fallbacks: () => number;
}

function sidesOf(service: XmlService): Sides {
  let answer = { statusCode: 200, body: '' };
  const client = () =>
    new CLIENTS[service]({
      region: 'us-east-1',
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
      maxAttempts: 1,
      requestHandler: {
        handle: async () => ({
          response: {
            statusCode: answer.statusCode,
            headers: {},
            body: new TextEncoder().encode(answer.body),
          },
        }),
      },
    });
  const stock = strictLists(client());
  const ours = client();
  let fallbacks = 0;
  const { deserializer } = ours.config.protocol;
  const read = deserializer.read.bind(deserializer);
  deserializer.read = (...args: Any[]) => {
    fallbacks += 1;
    return read(...args);
  };
  xmlReplies(ours);
  const sender = (through: Any) => async (action: string, body: string, statusCode: number) => {
    answer = { statusCode, body };
    try {
      return { value: await through.send(new (SERVICES[service] as Any)[`${action}Command`]({})) };
    } catch (error) {
      const { name, message, Code, $fault } = error as Any;
      return { error: { name, message, Code, $fault } };
    }
  };
  return { stock: sender(stock), ours: sender(ours), fallbacks: () => fallbacks };
}

const sides = new Map<XmlService, Sides>();

/** A reply read by the SDK (which refuses lists that are none) and by us. */
export async function bothWays(service: XmlService, action: string, body: string, status = 200) {
  const known = sides.get(service) ?? sidesOf(service);
  sides.set(service, known);
  const before = known.fallbacks();
  const ours = await known.ours(action, body, status);
  const fellBack = known.fallbacks() > before;
  return { stock: await known.stock(action, body, status), ours, fellBack };
}

const text = fc.oneof(
  fc.constantFrom(
    'tcp',
    '10.0.0.0/8',
    'sg-0123456789abcdef0',
    '',
    ' ',
    '\n',
    ' \n ',
    'a "b" & <c> \'d\'',
    'é',
    '🚀',
    ']]>',
  ),
  fc.string({
    unit: fc.constantFrom('a', 'Z', '0', ' ', '\n', '\t', '&', '<', '>', '"', ';', '#', 'ü', '漢', '🚀'),
    maxLength: 24,
  }),
);

/** A value in the SDK's shape, with some of the members of each structure. */
function anyOf(shape: Shape, depth: number): fc.Arbitrary<unknown> {
  switch (shape.kind) {
    case 'structure': {
      const members = shape.members ?? [];
      if (members.length === 0) return fc.constant({});
      const most = depth > 4 ? 1 : depth === 0 ? members.length : 4;
      return fc
        .subarray([...members], { maxLength: Math.min(most, members.length) })
        .chain((chosen) =>
          fc.record(Object.fromEntries(chosen.map(([name, of]) => [name, anyOf(shapeOf(of), depth + 1)]))),
        );
    }
    case 'list':
      return fc.array(anyOf(shapeOf(shape.item), depth + 1), { maxLength: depth > 3 ? 1 : 3 });
    case 'number':
      return fc.integer({ min: -1, max: 65_536 });
    case 'boolean':
      return fc.boolean();
    case 'timestamp':
      return fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true });
    case 'blob':
      return fc.uint8Array({ maxLength: 8 });
    case 'string':
      return text;
  }
}

export function outputOf(service: XmlService, action: string): fc.Arbitrary<object> {
  return anyOf(shapeOf(operationOf(service, action)[5]), 0) as fc.Arbitrary<object>;
}
