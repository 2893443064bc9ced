import { createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import type { Address } from './address.ts';
import type { Data } from './data.ts';

/** The list of the view, as keys move through it. */
export interface Steps {
  readonly keys: readonly string[];
  /** Scrolls to an item and puts the focus on it. */
  readonly reveal: (at: number) => void;
}

export interface State {
  readonly data: Data;
  readonly address: Address;
  /** Links make history; typing, ticking a box and stepping through a list replace. */
  readonly go: (to: Address, how?: 'push' | 'replace') => void;
  readonly say: (text: string) => void;
  readonly steps: { current: Steps };
  /** The key of the item that the focus is on its way to: a row that is far away is drawn some frames later. Empty when it has arrived. */
  readonly heading: { current: string };
}

export const StateContext = createContext<State | null>(null);

export function useStore(): State {
  const state = useContext(StateContext);
  if (!state) throw new Error('the page has no state');
  return state;
}

export function useMedia(query: string): boolean {
  const [matches, setMatches] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const list = matchMedia(query);
    const changed = () => setMatches(list.matches);
    changed();
    list.addEventListener('change', changed);
    return () => list.removeEventListener('change', changed);
  }, [query]);
  return matches;
}

export const WIDE = '(min-width: 1101px)';
export const NARROW = '(max-width: 760px)';

/** The search follows the typing after so many milliseconds. */
export const TYPING = 60;
