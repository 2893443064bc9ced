/** A part of the document that is placed whole or not at all. */
export interface Section {
  /** As the line about what was left out names it: `fix list`. */
  readonly name: string;
  /** Its Markdown, piece by piece: a section that turns out too long is not rendered to its end. */
  readonly pieces: () => Iterable<string>;
}

/** Places sections in order while they fit into `room` bytes of UTF-8. */
export function placeWithin(
  sections: readonly Section[],
  room: number,
): { readonly body: string; readonly omitted: readonly Section[] } {
  const placed: string[] = [];
  const omitted: Section[] = [];
  let left = room;
  for (const section of sections) {
    const text = textWithin(section, left);
    if (text === null) omitted.push(section);
    else {
      placed.push(text);
      left -= size(text);
    }
  }
  return { body: placed.join(''), omitted };
}

/** The text of a section, or null as soon as it exceeds the room. */
function textWithin({ pieces }: Section, room: number): string | null {
  const texts: string[] = [];
  let used = 0;
  for (const piece of pieces()) {
    used += size(piece);
    if (used > room) return null;
    texts.push(piece);
  }
  return texts.join('');
}

export function size(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}
