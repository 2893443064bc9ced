import { groupBy } from '../../text/groups.ts';
import { listed } from '../../text/lists.ts';
import { visible } from '../../text/printable.ts';
import type { Gap } from '../model.ts';
import { kindWord } from './labels.ts';

/** Gaps of one side with one reason: what they say is printed once. */
export interface AlikeGaps {
  readonly first: Gap;
  /** As the report names them, each once, in its order. */
  readonly kinds: readonly string[];
}

/** In the order of the first of each. */
export function alikeGaps(gaps: readonly Gap[]): AlikeGaps[] {
  const alike = groupBy(gaps, ({ side, code, message, hint, commands, blocking }) => {
    const folder = lacking(message)?.folder;
    return JSON.stringify([side, code, ...(folder ? [folder] : [message, commands]), hint, blocking]);
  });
  return [...alike.values()].flatMap((all) => {
    const [first] = all;
    return first ? [{ first: merged(first, all), kinds: [...new Set(all.map((gap) => gap.kind))] }] : [];
  });
}

/** A folder of dumps lacks a file per kind: one sentence names them all, and each has its command. */
function merged(first: Gap, all: readonly Gap[]): Gap {
  const files = all.flatMap(({ message }) => lacking(message)?.file ?? []);
  const folder = lacking(first.message)?.folder;
  if (folder === undefined || files.length < 2) return first;
  return {
    ...first,
    message: `${folder}${listed(files, files.length)}.`,
    hint: first.hint === 'Save it there.' ? 'Save them there.' : first.hint,
    commands: all.flatMap(({ commands }) => commands ?? []),
  };
}

/** The parts of `dumps/us-east-1 contains no file with images ("Images").` */
function lacking(message: string): { readonly folder: string; readonly file: string } | null {
  const [, folder, file] = /^(.* contains no file with )(.+ \("[^"]+"\))\.$/s.exec(message) ?? [];
  return folder === undefined || file === undefined ? null : { folder, file };
}

/** "key pair", "key pair and image", "key pair, image and 8 more". */
export function kindsText({ kinds }: AlikeGaps): string {
  return listed(
    kinds.map((kind) => visible(kindWord(kind))),
    3,
  );
}
