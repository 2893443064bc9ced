import {
  Composer,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  Parser,
  visit,
  type Node as YamlNode,
} from 'yaml';
import { jsonNode } from './json-node.ts';
import { LONG_FORMS } from './long-forms.ts';
import { list, map, type Node, text as textNode } from './node.ts';
import { indentedQuotes } from './quoted-lines.ts';
import { UnreadableTemplate } from './unreadable.ts';
import { nestsDeeper } from './yaml-depth.ts';

/** CloudFormation itself takes no template above 1 MB (quotas); what is far above is some other file. */
const MAX_TEXT = 2 * 2 ** 20;
const MAX_DEPTH = 200;

/** JSON and YAML alike, so that both have line numbers; short tags come out as their long forms. @throws UnreadableTemplate */
export function parseTemplate(text: string): Node {
  if (text.length > MAX_TEXT) throw new UnreadableTemplate(`is larger than ${MAX_TEXT / 2 ** 20} MB`);
  const first = parsed(text);
  const indented = first.document.errors.length > 0 ? indentedQuotes(text) : null;
  const { document, lines } = indented === null ? first : parsed(indented);
  const fault = document.errors[0];
  if (!fault) return new Reader(document, lines).read();
  // JSON is YAML but for corners, such as tabs and keys of over 1,024 characters.
  const json = jsonOf(text);
  if (json !== undefined) return jsonNode(json);
  const { line, col } = lines.linePos(fault.pos[0]);
  throw new UnreadableTemplate(`line ${line}, column ${col}: ${fault.message.split('\n')[0]}`);
}

function parsed(text: string): { document: Document.Parsed; lines: LineCounter } {
  const lines = new LineCounter();
  const tokens = [...new Parser(lines.addNewLine).parse(text)];
  // The composer recurses, and an overflow inside it can end the process instead of throwing: so depth is asked before it runs.
  if (nestsDeeper(tokens, MAX_DEPTH)) throw tooDeep();
  // "failsafe" keeps every scalar as its text: an account id with a leading zero, "yes" and 1.10 stay what they are.
  const options = { schema: 'failsafe', resolveKnownTags: false, uniqueKeys: false } as const;
  const [document, second] = new Composer(options).compose(tokens, true, text.length);
  if (!document || document.errors[0]?.code === 'IMPOSSIBLE') throw new UnreadableTemplate('holds nothing');
  if (second) throw new UnreadableTemplate('holds several YAML documents; a template is one');
  return { document: document as Document.Parsed, lines };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}

function tooDeep(): UnreadableTemplate {
  return new UnreadableTemplate(`nests deeper than ${MAX_DEPTH} levels`);
}

/** From the library's nodes to plain ones. What aliases share stays shared, so that a few lines of them cost no more than they are. */
class Reader {
  private readonly document: Document.Parsed;
  private readonly lines: LineCounter;
  private readonly known = new Map<YamlNode, Node | 'open'>();
  private readonly targets: ReadonlyMap<YamlNode, YamlNode>;

  constructor(document: Document.Parsed, lines: LineCounter) {
    this.document = document;
    this.lines = lines;
    this.targets = aliasTargets(document);
  }

  read(): Node {
    return this.node(this.document.contents, 0, null);
  }

  private node(yaml: unknown, depth: number, keyLine: number | null): Node {
    if (depth > MAX_DEPTH) throw tooDeep();
    if (isAlias(yaml)) {
      const target = this.targets.get(yaml);
      if (!target)
        throw new UnreadableTemplate(`line ${this.line(yaml)}: the alias *${yaml.source} has no anchor`);
      return this.node(target, depth, keyLine);
    }
    if (!isScalar(yaml) && !isMap(yaml) && !isSeq(yaml)) return textNode(null, keyLine);
    const known = this.known.get(yaml);
    if (known === 'open') {
      throw new UnreadableTemplate(`line ${this.line(yaml)}: an alias is inside the node that it refers to`);
    }
    if (known) return known;
    this.known.set(yaml, 'open');
    const node = this.tagged(yaml.tag, this.plain(yaml, depth));
    this.known.set(yaml, node);
    return node;
  }

  private plain(yaml: YamlNode, depth: number): Node {
    const line = this.line(yaml);
    if (isSeq(yaml)) {
      return list(
        yaml.items.map((item) => this.node(item, depth + 1, line)),
        line,
      );
    }
    if (isMap(yaml)) return this.entries(yaml.items, depth, line);
    if (!isScalar(yaml)) return textNode(null, line);
    const value = String(yaml.value ?? '');
    return textNode(yaml.type === 'PLAIN' && /^(?:|~|null|Null|NULL)$/.test(value) ? null : value, line);
  }

  /** Of two equal keys the later counts, as with CloudFormation; what `<<` brings in gives way to what is written out. */
  private entries(
    items: readonly { readonly key: unknown; readonly value: unknown }[],
    depth: number,
    line: number | null,
  ): Node {
    const own = new Map<string, { node: Node; line: number | null }>();
    const merged: typeof own = new Map();
    for (const { key, value } of items) {
      const name = this.node(key, depth + 1, line);
      if (name.is !== 'text') continue;
      const node = this.node(value, depth + 1, name.line);
      if (name.text === '<<' && isScalar(key) && key.type === 'PLAIN') {
        for (const from of node.is === 'list' ? node.items : [node]) {
          if (from.is === 'map') for (const [k, v] of from.entries) if (!merged.has(k)) merged.set(k, v);
        }
      } else own.set(name.text ?? '', { node, line: name.line });
    }
    return map(new Map([...merged, ...own]), line);
  }

  private tagged(tag: string | undefined, node: Node): Node {
    if (!tag?.startsWith('!') || tag === '!') return node;
    const key = LONG_FORMS.get(tag) ?? tag;
    return map(new Map([[key, { node, line: node.line }]]), node.line);
  }

  private line(yaml: YamlNode): number | null {
    return yaml.range ? this.lines.linePos(yaml.range[0]).line : null;
  }
}

/** An alias means the last anchor of its name that comes before it. The library's own look-up walks the document for each alias. */
function aliasTargets(document: Document.Parsed): Map<YamlNode, YamlNode> {
  const anchors = new Map<string, YamlNode>();
  const targets = new Map<YamlNode, YamlNode>();
  visit(document, {
    Node: (_, node) => {
      if (isAlias(node)) {
        const target = anchors.get(node.source);
        if (target) targets.set(node, target);
      } else if (node.anchor) anchors.set(node.anchor, node);
    },
  });
  return targets;
}
