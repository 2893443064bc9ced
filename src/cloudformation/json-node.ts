import { list, map, type Node, text } from './node.ts';
import { UnreadableTemplate } from './unreadable.ts';

const MAX_DEPTH = 200;

/** A value of JSON, for want of its text without lines. @throws UnreadableTemplate */
export function jsonNode(value: unknown, depth = 0): Node {
  if (depth > MAX_DEPTH) throw new UnreadableTemplate(`nests deeper than ${MAX_DEPTH} levels`);
  if (Array.isArray(value)) {
    return list(
      value.map((item) => jsonNode(item, depth + 1)),
      null,
    );
  }
  if (typeof value === 'object' && value !== null) {
    return map(
      new Map(
        Object.entries(value).map(([key, item]) => [key, { node: jsonNode(item, depth + 1), line: null }]),
      ),
      null,
    );
  }
  return text(value === null || value === undefined ? null : String(value), null);
}
