import { namesInText, type UserDataNames, userDataNames } from '../inventory/user-data.ts';
import { entriesOf, functionOf, get, type Node, textOf } from './node.ts';

/**
 * What the user data of a resource names, by the texts that are written in it: what a function gives in another region is
 * not the same there. Null where it has none.
 */
export function userDataIn(properties: Node): UserDataNames | null {
  const names = [...userDataNodes(properties)].flatMap(namesOf);
  const [first] = names;
  if (!first) return null;
  const every = (field: 'regions' | 'ids' | 'arns' | 'endpoints') => [
    ...new Set(names.flatMap((one) => one[field])),
  ];
  return {
    regions: every('regions'),
    ids: every('ids'),
    arns: every('arns'),
    endpoints: every('endpoints'),
    readable: names.every(({ readable }) => readable),
  };
}

function* userDataNodes(node: Node): Generator<Node> {
  if (node.is === 'list') for (const item of node.items) yield* userDataNodes(item);
  for (const [key, { node: value }] of entriesOf(node)) {
    if (key === 'UserData') yield value;
    else yield* userDataNodes(value);
  }
}

function namesOf(node: Node): UserDataNames[] {
  // Without Fn::Base64 a text is base64 already.
  if (node.is === 'text') return node.text === null ? [] : [userDataNames(node.text)];
  return functionOf(node)?.name === 'Fn::Base64' ? [namesInText(written(node))] : [];
}

/** The text of a value without what references and other functions give. */
function written(node: Node | undefined): string {
  if (node === undefined) return '';
  if (node.is === 'text') return node.text ?? '';
  const call = functionOf(node);
  if (!call) return '';
  const items = call.of.is === 'list' ? call.of.items : [];
  switch (call.name) {
    case 'Fn::Base64':
      return written(call.of);
    case 'Fn::Join': {
      const parts = items[1]?.is === 'list' ? items[1].items : [];
      return parts.map(written).join(textOf(items[0]) ?? '');
    }
    case 'Fn::Sub': {
      const text = textOf(call.of) ?? textOf(items[0]) ?? '';
      const variables = entriesOf(items[1]).map(([name]) => written(get(items[1], name)));
      return [text.replace(/\$\{[^}]*\}/g, ''), ...variables].join('\n');
    }
    case 'Fn::If':
      return [written(items[1]), written(items[2])].join('\n');
    default:
      return '';
  }
}
