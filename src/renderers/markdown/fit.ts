/** A part of the document that is placed whole, in brief, or not at all. */
export interface Section {
  /** What it is, in the singular: `high finding`. */
  readonly what: string;
  /** How many of them it holds. */
  readonly size: number;
  readonly full: string;
  /** Empty where there is no shorter form. */
  readonly brief: string;
}

/**
 * Places sections in order while they fit into `room` bytes of UTF-8. From the first finding that does not fit even in
 * brief, no later finding is placed: a reader may rely on "worst first, and then nothing".
 */
export function placeWithin(
  sections: readonly Section[],
  room: number,
): { body: string; omitted: Section[] } {
  const placed: string[] = [];
  const omitted: Section[] = [];
  const closed = { findings: false };
  let left = room;
  for (const section of sections) {
    const isFinding = section.brief !== '';
    const form =
      isFinding && closed.findings
        ? undefined
        : [section.full, section.brief].find((f) => f !== '' && size(f) <= left);
    if (form === undefined) {
      omitted.push(section);
      if (isFinding) closed.findings = true;
      continue;
    }
    placed.push(form);
    left -= size(form);
  }
  return { body: placed.join(''), omitted };
}

function size(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}
