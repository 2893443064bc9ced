import { useEffect, useRef } from 'preact/hooks';
import { type State, TYPING, WIDE } from './state.tsx';

/** `/` searches, `j` and `k` step through the list, Enter opens, Escape goes back. No key works while the user types. */
export function useKeys(state: State): void {
  const latest = useRef(state);
  latest.current = state;
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if (press(event, latest)) event.preventDefault();
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, []);
}

/** Whether the key did something. */
function press({ key, target }: KeyboardEvent, latest: { readonly current: State }): boolean {
  const state = latest.current;
  const element = target instanceof HTMLElement ? target : document.body;
  const typing = element.matches('input:not([type=checkbox]), textarea, select');
  if (key === 'Escape') return goBack(element, typing, state);
  if (typing) {
    if ((key !== 'Enter' && key !== 'ArrowDown') || element.id !== 'q') return false;
    // The list is that of what was typed just now.
    setTimeout(() => step(1, latest.current), TYPING + 40);
    return true;
  }
  switch (key) {
    case '/': {
      const box = document.querySelector<HTMLInputElement>('#q');
      box?.focus();
      box?.select();
      return true;
    }
    case 'j':
      return step(1, state);
    case 'k':
      return step(-1, state);
    case ' ':
      if (!element.matches('a[role=button]')) return false;
      element.click();
      return true;
    case 'Enter':
      return intoPane(element, state);
    default:
      return false;
  }
}

/** Enter on a finding of the list shows it and goes into its pane. */
function intoPane(element: HTMLElement, { address, go, heading }: State): boolean {
  const key = heading.current || (element.matches('.row a.to') ? keyAt(element) : '');
  if (address.view !== 'findings' || !matchMedia(WIDE).matches || key === '') return false;
  heading.current = '';
  if (address.id !== key) go({ ...address, id: key }, 'replace');
  requestAnimationFrame(() => document.querySelector<HTMLElement>('.pane')?.focus({ preventScroll: true }));
  return true;
}

function keyAt(element: Element | null): string {
  return element?.closest<HTMLElement>('[data-key]')?.dataset.key ?? '';
}

/** The next item: of the one that the focus is on its way to, so that keys that come faster than the page draws all count. */
function step(by: 1 | -1, { address, steps, heading, go }: State): boolean {
  const { keys, reveal } = steps.current;
  if (keys.length === 0) return false;
  const wide = address.view === 'findings' && matchMedia(WIDE).matches;
  const here = keys.indexOf(heading.current || keyAt(document.activeElement) || address.id);
  const from = here < 0 && wide && address.id === '' && by > 0 ? 0 : here;
  const at = Math.max(0, Math.min(keys.length - 1, from + by));
  const key = keys[at];
  if (key === undefined) return false;
  if (wide) go({ ...address, id: key }, 'replace');
  reveal(at);
  return true;
}

/** Closes what is open, the innermost first: a menu, the search, the pane, a detail. */
function goBack(element: HTMLElement, typing: boolean, { address, go, steps }: State): boolean {
  const menu = document.querySelector<HTMLDetailsElement>('.menu[open]');
  if (menu) {
    menu.open = false;
    menu.querySelector('summary')?.focus();
    return true;
  }
  if (typing) {
    if (address.q === '') element.blur();
    else {
      if (element instanceof HTMLInputElement) element.value = '';
      go({ ...address, q: '', id: '' }, 'replace');
    }
    return true;
  }
  if (element.closest('.pane')) {
    const at = steps.current.keys.indexOf(address.id);
    steps.current.reveal(Math.max(0, at));
    return true;
  }
  if (address.id !== '') {
    go({ ...address, id: '' });
    return true;
  }
  if (address.q === '') return false;
  go({ ...address, q: '' });
  return true;
}
