import { MalformedValue } from '../inventory/addresses.ts';
import { malformed } from './paging.ts';
import type { Reader } from './reader.ts';

/** A row's canonical item; a value that AWS does not document fails the kind, and the message names the row. */
export function canonical<Item>(reader: Reader, action: string, name: string, convert: () => Item): Item {
  try {
    return convert();
  } catch (error) {
    if (error instanceof MalformedValue) throw malformed(reader, action, `${name}: ${error.message}`);
    throw error;
  }
}

/** `sg-1 ("web")`: an id, and the name people know it by. */
export function nameOf(id: string | undefined, name: string | undefined): string {
  return name ? `${id ?? '?'} ("${name}")` : (id ?? '?');
}
