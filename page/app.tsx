import type { ComponentChild } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { PagePart } from '../src/report/view/island/types.ts';
import { type Address, formatAddress, parseAddress, startOf, toView, VIEWS, type View } from './address.ts';
import type { Data } from './data.ts';
import { found, wordsOf } from './filter.ts';
import { useKeys } from './keys.ts';
import { Icon } from './parts/icons.tsx';
import { type State, StateContext, type Steps, TYPING } from './state.tsx';
import { Coverage } from './views/coverage.tsx';
import { Families, familyText } from './views/families.tsx';
import { Findings } from './views/findings.tsx';
import { Fixes } from './views/fixes.tsx';
import { Objects } from './views/objects.tsx';
import { Workloads } from './views/workloads.tsx';
import { ACTIVE, thousands, VIEW_LABELS } from './words.ts';

const COMPONENTS = {
  fixes: Fixes,
  workloads: Workloads,
  findings: Findings,
  objects: Objects,
  families: Families,
  coverage: Coverage,
} as const satisfies Record<View, () => ComponentChild>;

const MESSAGE = 2_000;

export function App({ data, title }: { readonly data: Data; readonly title: string }) {
  const fingerprints = useMemo(() => new Set(data.findings.map((item) => item.key)), [data]);
  const start = useMemo(
    () =>
      startOf(
        data.island.phase,
        data.island.findings.map((f) => f.status),
      ),
    [data],
  );
  const read = () => parseAddress(location.hash, (text) => fingerprints.has(text), start);
  const [address, setAddress] = useState(read);
  const [message, setMessage] = useState('');
  const steps = useRef<Steps>({ keys: [], reveal: () => undefined });
  const heading = useRef('');
  const clearing = useRef(0);
  useEffect(() => {
    const changed = () => setAddress(read());
    addEventListener('hashchange', changed);
    return () => removeEventListener('hashchange', changed);
  });
  const go = (to: Address, how: 'push' | 'replace' = 'push') => {
    const hash = formatAddress(to);
    if (how === 'replace') history.replaceState(null, '', hash);
    else history.pushState(null, '', hash);
    setAddress(to);
  };
  const state: State = {
    data,
    address,
    steps,
    heading,
    go,
    say: (text) => {
      setMessage(text);
      clearTimeout(clearing.current);
      clearing.current = setTimeout(() => setMessage(''), MESSAGE) as unknown as number;
    },
  };
  const before = useRef(address.view);
  useLayoutEffect(() => {
    document.title = `${VIEW_LABELS[address.view]} · ${title}`;
    if (before.current !== address.view) {
      // Another view begins at its top, with the bar at the top of the window where it was.
      const top = document.querySelector<HTMLElement>('#app')?.offsetTop ?? 0;
      if (scrollY > top) scrollTo(0, top);
      before.current = address.view;
    }
  }, [address.view, title]);
  useKeys(state);
  const View = COMPONENTS[address.view];
  return (
    <StateContext.Provider value={state}>
      <Bar address={address} go={go} data={data} />
      <main aria-label={VIEW_LABELS[address.view]}>
        <div class="wrap">
          <h2 class="sr">{VIEW_LABELS[address.view]}</h2>
          <View />
        </div>
      </main>
      <div class="toast" role="status">
        {message}
      </div>
    </StateContext.Provider>
  );
}

function Bar({
  address,
  go,
  data,
}: {
  readonly address: Address;
  readonly go: State['go'];
  readonly data: Data;
}) {
  const counts = useMemo(() => countsOf(data, address.q), [data, address.q]);
  const box = useRef<HTMLInputElement>(null);
  const typing = useRef(0);
  useEffect(() => {
    const input = box.current;
    if (input && input.value.trim() !== address.q && document.activeElement !== input)
      input.value = address.q;
  }, [address.q]);
  useLayoutEffect(() => {
    document.querySelector('.tabs [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [address.view]);
  const type = () => {
    clearTimeout(typing.current);
    typing.current = setTimeout(() => {
      const current = parseAddress(location.hash, () => false);
      go(
        {
          ...current,
          ...(current.view === address.view ? {} : address),
          q: box.current?.value.trim() ?? '',
          id: '',
        },
        'replace',
      );
    }, TYPING) as unknown as number;
  };
  return (
    <div class="bar">
      <div class="wrap">
        <nav class="tabs" aria-label="Views">
          {VIEWS.map((view) => (
            <a
              key={view}
              href={formatAddress(toView(address, view))}
              aria-current={view === address.view ? 'page' : undefined}
            >
              {VIEW_LABELS[view]}
              {counts[view] === null ? null : <span class="n">{thousands(counts[view])}</span>}
            </a>
          ))}
        </nav>
        <Mini />
        <div class="search" role="search">
          <Icon name="search" />
          <input
            id="q"
            ref={box}
            type="search"
            placeholder="Name, id, port, address"
            aria-label="Search everything"
            autocomplete="off"
            spellcheck={false}
            defaultValue={address.q}
            onInput={type}
          />
          <kbd aria-hidden="true">/</kbd>
        </div>
      </div>
    </div>
  );
}

/** The verdict in short, once the head is scrolled away. */
function Mini() {
  const [shown, setShown] = useState(false);
  const [text] = useState(() => document.querySelector('#mini')?.textContent?.trim() ?? '');
  const [sign] = useState(() => document.querySelector<HTMLElement>('#mini')?.dataset.sign ?? '');
  useEffect(() => {
    const head = document.querySelector('.head');
    if (!head) return;
    const seen = new IntersectionObserver(([entry]) => setShown(entry ? !entry.isIntersecting : false), {
      rootMargin: '-60px 0px 0px',
    });
    seen.observe(head);
    return () => seen.disconnect();
  }, []);
  return (
    <span class={shown ? `mini shown sign-${sign}` : 'mini'} aria-hidden="true">
      {text}
    </span>
  );
}

function countsOf(data: Data, q: string): Readonly<Record<View, number | null>> {
  const words = wordsOf(q);
  /** Nothing is counted of what a bound left out of the page. */
  const counted = (part: PagePart, n: () => number) => (data.island.omitted.includes(part) ? null : n());
  return {
    fixes: counted('fixes', () => found(data.fixes, words).length),
    workloads: counted('workloads', () => found(data.workloads, words).length),
    findings: counted(
      'findings',
      () => found(data.findings, words).filter((item) => ACTIVE.includes(item.of.status)).length,
    ),
    objects: counted('objects', () => found(data.objects, words).length),
    families: counted(
      'families',
      () =>
        data.island.families.filter((family) => words.every((w) => familyText(family).includes(w))).length,
    ),
    coverage: null,
  };
}
