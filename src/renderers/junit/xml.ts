import { visible } from '../../text/printable.ts';

/** An element with attributes and either elements or text in it. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly children: readonly Element[] | string;
}

/** The document, indented, with a trailing newline. */
export function xmlText(root: Element): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${written(root, '')}\n`;
}

function written({ name, attributes, children }: Element, indent: string): string {
  const given = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(String(value))}"`);
  const open = `${indent}<${name}${given.join('')}`;
  if (children.length === 0) return `${open}/>`;
  if (typeof children === 'string') return `${open}>${lines(children)}</${name}>`;
  return [`${open}>`, ...children.map((c) => written(c, `${indent}  `)), `${indent}</${name}>`].join('\n');
}

/** Text of several lines, whose line breaks are ours. */
function lines(text: string): string {
  return text.split('\n').map(escaped).join('\n');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** One line. Made visible first, for XML 1.0 has no way to say U+0000 or a lone surrogate, not even as a reference. */
function escaped(text: string): string {
  return visible(text).replace(/[&<>"']/g, (c) => ENTITIES[c] ?? c);
}
