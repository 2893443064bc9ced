import type { Subnet } from '../../inventory/launch-facts/network.ts';
import type { SideName } from '../../report/vocabulary.ts';
import { type Checked, NOTHING_FOUND } from './judging.ts';

/** A zone that a launch can use: its name, and the id that means the same zone in every account. */
export type Zone = Pick<Subnet, 'zone' | 'zoneId'>;

/** Where a launch would run on the target. */
export interface Places {
  /** Subnets that it can use; null where it does not say and its caller or group does, or where they are not known. */
  readonly subnets: readonly Subnet[] | null;
  /** Empty: any zone of the region. */
  readonly zones: readonly Zone[];
  /** Whose subnets these are: those that an object of the target names, or those that can replace the ones of the source. */
  readonly mode: SideName;
  /** False where the maker of the object chooses among them. */
  readonly definite: boolean;
  readonly checked: Checked;
}

export const ANYWHERE: Places = {
  subnets: null,
  zones: [],
  mode: 'target',
  definite: true,
  checked: NOTHING_FOUND,
};

export interface Wish {
  readonly subnets: readonly string[];
  readonly zones: readonly string[];
  readonly at: string;
  readonly mode: SideName;
  /** Whether one of the subnets is enough, as for a group; a launch with several network interfaces needs each. */
  readonly oneIsEnough: boolean;
  /** What distinguishes a subnet from the others that are named; a group has nothing but their ids. */
  readonly which: (subnetId: string) => readonly string[];
}
