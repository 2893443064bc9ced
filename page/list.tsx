import {
  defaultRangeExtractor,
  observeWindowOffset,
  observeWindowRect,
  Virtualizer,
  windowScroll,
} from '@tanstack/virtual-core';
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useReducer, useRef } from 'preact/hooks';
import { NARROW, useMedia, useStore } from './state.tsx';

/** Rows drawn above and below what is seen. */
const SPARE_ROWS = 10;
const ROW = 33;
/** Two lines, on a phone. */
const TALL_ROW = 60;
/** The assumed height of an open detail until it is measured. */
const DETAIL = 400;

interface Props<T> {
  readonly label: string;
  readonly className: string;
  readonly head: ComponentChildren;
  readonly items: readonly T[];
  readonly keyOf: (item: T) => string;
  /** The item whose detail is open below its row; empty for none. */
  readonly openKey: string;
  readonly row: (item: T) => ComponentChildren;
  readonly detail: (item: T) => ComponentChildren;
}

/** A table that draws only the rows that are seen, in the scroll of the page, so that the browser's own behaviour stays. */
export function List<T>({ label, className, head, items, keyOf, openKey, row, detail }: Props<T>) {
  const { steps, heading, address } = useStore();
  const height = useMedia(NARROW) ? TALL_ROW : ROW;
  const body = useRef<HTMLDivElement>(null);
  const margin = useRef(0);
  const focused = useRef(-1);
  const [, redraw] = useReducer((n: number) => n + 1, 0);
  const openAt = openKey === '' ? -1 : items.findIndex((item) => keyOf(item) === openKey);
  const made = useRef<Virtualizer<Window, HTMLDivElement> | null>(null);
  const options = {
    count: items.length,
    getScrollElement: () => window,
    estimateSize: (at: number) => (at === openAt ? height + DETAIL : height),
    getItemKey: (at: number) => {
      const item = items[at];
      return item === undefined ? at : keyOf(item);
    },
    // The row that has the focus stays, so that the focus does.
    rangeExtractor: (range: Parameters<typeof defaultRangeExtractor>[0]) => {
      const drawn = defaultRangeExtractor(range);
      const at = focused.current;
      return at >= 0 && at < items.length && !drawn.includes(at)
        ? [...drawn, at].sort((a, b) => a - b)
        : drawn;
    },
    observeElementRect: observeWindowRect,
    observeElementOffset: observeWindowOffset,
    scrollToFn: windowScroll,
    initialRect: { width: innerWidth, height: innerHeight },
    initialOffset: () => scrollY,
    scrollMargin: margin.current,
    scrollPaddingStart: barHeight() + ROW,
    overscan: SPARE_ROWS,
    onChange: () => redraw(undefined as never),
  };
  made.current ??= new Virtualizer<Window, HTMLDivElement>(options);
  const virtual = made.current;
  virtual.setOptions(options);
  useLayoutEffect(() => virtual._didMount(), [virtual]);
  useLayoutEffect(() => {
    virtual._willUpdate();
    const top = Math.round((body.current?.getBoundingClientRect().top ?? 0) + scrollY);
    if (top !== margin.current) {
      margin.current = top;
      redraw(undefined as never);
    }
  });
  useLayoutEffect(() => {
    virtual.measure();
  }, [virtual, height, items]);

  // A link to an item that is far down scrolls to it, with room for what is open below it.
  useLayoutEffect(() => {
    const at = address.id === '' ? -1 : items.findIndex((item) => keyOf(item) === address.id);
    // Nothing is open above it, so that every row there has the same height.
    const top = margin.current + at * height;
    if (at >= 0 && top > scrollY + innerHeight / 2)
      requestAnimationFrame(() => scrollTo(0, top - barHeight() - ROW));
    // Only when the list appears: later the reader decides where the page is.
  }, []);

  steps.current = {
    keys: items.map(keyOf),
    reveal: (at) => {
      const item = items[at];
      if (item === undefined) return;
      const key = keyOf(item);
      focused.current = at;
      heading.current = key;
      virtual.scrollToIndex(at, { align: 'auto' });
      redraw(undefined as never);
      focusWhenDrawn(body, key, heading);
    },
  };

  return (
    <div class={`table ${className}`} role="table" aria-label={label} aria-rowcount={items.length + 1}>
      <div class="thead" role="row" aria-rowindex={1}>
        {head}
      </div>
      <div
        class="list"
        role="rowgroup"
        ref={body}
        style={{ height: `${virtual.getTotalSize()}px` }}
        onFocusCapture={(event) => {
          const at = (event.target as Element).closest<HTMLElement>('[data-index]')?.dataset.index;
          focused.current = at === undefined ? -1 : Number(at);
          heading.current = '';
        }}
      >
        {virtual.getVirtualItems().map(({ index, start, key }) => {
          const item = items[index];
          if (item === undefined) return null;
          return (
            <div
              key={key}
              class="item"
              role="presentation"
              data-index={index}
              data-key={keyOf(item)}
              ref={virtual.measureElement}
              style={{ transform: `translateY(${start - margin.current}px)` }}
            >
              <div class={index === openAt ? 'row on' : 'row'} role="row" aria-rowindex={index + 2}>
                {row(item)}
              </div>
              {index === openAt ? (
                <div class="open" role="row">
                  <div role="cell">{detail(item)}</div>
                </div>
              ) : null}
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** What stays at the top of the window. */
function barHeight(): number {
  return document.querySelector<HTMLElement>('.bar')?.offsetHeight ?? 0;
}

/** A row that is scrolled to is drawn some frames later. A later step, or a click elsewhere, takes the focus from this one. */
function focusWhenDrawn(
  body: { readonly current: HTMLDivElement | null },
  key: string,
  heading: { current: string },
  tries = 12,
): void {
  requestAnimationFrame(() => {
    if (heading.current !== key) return;
    const link = body.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"] a.to`);
    if (link) link.focus({ preventScroll: true });
    else if (tries > 0) focusWhenDrawn(body, key, heading, tries - 1);
    else heading.current = '';
  });
}
