import { type Collected, complete, failed } from '../inventory/collected.ts';
import { CallFailed } from './failures.ts';

/** What became of the reading of one kind: its items, or why they could not be read. */
export async function collected<Item>(how: () => Promise<Item[]>): Promise<Collected<Item>> {
  try {
    return complete(await how());
  } catch (error) {
    if (error instanceof CallFailed) return failed(error.failure);
    throw error;
  }
}
