/** Something that services do not do to a document, at one of the places where it can be done. */
export type Spoiling = readonly [what: string, (text: string, at: number) => string];

/** The start of one of the tags. */
function tagAt(text: string, at: number): number {
  const tags = [...text.matchAll(/</g)].map(({ index }) => index);
  return tags[at % Math.max(tags.length, 1)] ?? 0;
}
const before = (text: string, at: number, more: string) => {
  const tag = tagAt(text, at);
  return text.slice(0, tag) + more + text.slice(tag);
};
/** The content of one of the elements that hold nothing but text. */
const inText = (text: string, at: number, change: (content: string) => string) => {
  const leaves = [...text.matchAll(/<([\w.-]+)>([^<]*)<\/\1>/g)];
  const leaf = leaves[at % Math.max(leaves.length, 1)];
  if (!leaf) return text;
  const [whole, name, content = ''] = leaf;
  const changed = `<${name}>${change(content)}</${name}>`;
  return text.slice(0, leaf.index) + changed + text.slice(leaf.index + whole.length);
};

export const SPOILINGS: readonly Spoiling[] = [
  ['a comment', (text, at) => before(text, at, '<!-- a > b -->')],
  ['an instruction', (text, at) => before(text, at, '<?a b?>')],
  ['text', (text, at) => before(text, at, 'text')],
  ['a new line', (text, at) => before(text, at, '\n  ')],
  ['a line end of Windows', (text, at) => before(text, at, '\r\n')],
  ['an unknown element', (text, at) => before(text, at, '<unknown><item>1</item></unknown>')],
  ['an empty unknown element', (text, at) => before(text, at, '<unknown/>')],
  ['a tag without an end', (text, at) => before(text, at, '<unknown>')],
  ['an end without a tag', (text, at) => before(text, at, '</unknown>')],
  ['CDATA', (text, at) => inText(text, at, (content) => `<![CDATA[${content}]]>`)],
  ['an element in a text', (text, at) => inText(text, at, (content) => `<b>${content}</b>`)],
  ['an entity', (text, at) => inText(text, at, (content) => `${content}&#233;&apos;&unknown;`)],
  ['white space around a text', (text, at) => inText(text, at, (content) => ` ${content}\n`)],
  [
    'an attribute',
    (text, at) => {
      const tags = [...text.matchAll(/<[\w.-]+(?=[\s>/])/g)];
      const tag = tags[at % Math.max(tags.length, 1)];
      if (!tag) return text;
      const end = tag.index + tag[0].length;
      return `${text.slice(0, end)} a="b"${text.slice(end)}`;
    },
  ],
  [
    'an element that comes twice',
    (text, at) => {
      const leaves = [...text.matchAll(/<([\w.-]+)>[^<]*<\/\1>/g)];
      const leaf = leaves[at % Math.max(leaves.length, 1)];
      return leaf ? text.slice(0, leaf.index) + leaf[0] + text.slice(leaf.index) : text;
    },
  ],
  ['an element without content', (text, at) => inText(text, at, () => '')],
  [
    'a self-closed element',
    (text, at) => {
      const leaves = [...text.matchAll(/<([\w.-]+)>[^<]*<\/\1>/g)];
      const leaf = leaves[at % Math.max(leaves.length, 1)];
      return leaf
        ? `${text.slice(0, leaf.index)}<${leaf[1]}/>${text.slice(leaf.index + leaf[0].length)}`
        : text;
    },
  ],
  ['no end', (text, at) => text.slice(0, at % (text.length + 1))],
];
