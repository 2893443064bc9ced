/** An element as a strict reader sees it. Text is what stands directly in it. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  text: string;
}

const NAME = '[A-Za-z_][A-Za-z0-9_.-]*';
const TOKEN = new RegExp(`<(/?)(${NAME})((?:\\s+${NAME}="[^"<]*")*)\\s*(/?)>|([^<]+)|(<)`, 'gu');
const ATTRIBUTE = new RegExp(`(${NAME})="([^"<]*)"`, 'gu');
/** XML 1.0, production 2: everything else may not stand in a document in any form. */
const ILLEGAL = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * Reads the XML that our reports use, elements, attributes and the five named entities, and throws on anything else: it
 * refuses more than a full parser, so that what it takes every parser takes.
 */
export function parseXml(document: string): XmlElement {
  const [declaration, body] = [document.slice(0, 39), document.slice(39)];
  if (declaration !== '<?xml version="1.0" encoding="UTF-8"?>\n') throw new Error('no declaration');
  if (ILLEGAL.test(document)) throw new Error(`illegal character ${ILLEGAL.exec(document)?.[0]}`);
  const root: XmlElement = { name: '', attributes: {}, children: [], text: '' };
  const open: XmlElement[] = [root];
  for (const [, close, name, attributes = '', empty, text, stray] of body.matchAll(TOKEN)) {
    const parent = open.at(-1) ?? root;
    if (stray !== undefined) throw new Error('a < that begins nothing');
    if (text !== undefined) parent.text += decoded(text);
    else if (close) {
      if (open.length < 2 || open.pop()?.name !== name) throw new Error(`</${name}> closes nothing`);
    } else {
      const element = { name: name ?? '', attributes: attributesOf(attributes), children: [], text: '' };
      parent.children.push(element);
      if (!empty) open.push(element);
    }
  }
  const [only, ...others] = root.children;
  if (open.length !== 1 || !only || others.length > 0 || root.text.trim() !== '')
    throw new Error('not one element');
  return only;
}

function attributesOf(text: string): Record<string, string> {
  const found = [...text.matchAll(ATTRIBUTE)].map(
    ([, key = '', value = '']) => [key, decoded(value)] as const,
  );
  if (new Set(found.map(([key]) => key)).size !== found.length) throw new Error('an attribute twice');
  return Object.fromEntries(found);
}

function decoded(text: string): string {
  if (/&(?!(?:amp|lt|gt|quot|apos);)|\]\]>/.test(text)) throw new Error('an & or a ]]> that is not escaped');
  return text.replace(/&([a-z]+);/g, (_, entity: string) => ENTITIES[entity] ?? '');
}

/** All elements of a name below an element. */
export function elements(within: XmlElement, name: string): XmlElement[] {
  return within.children.flatMap((c) => [...(c.name === name ? [c] : []), ...elements(c, name)]);
}
