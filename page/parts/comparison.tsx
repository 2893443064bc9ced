import { Fragment } from 'preact';
import { useState } from 'preact/hooks';
import type {
  Comparison,
  ComparisonCell,
  ComparisonRow,
  ComparisonSection,
  IslandObject,
} from '../../src/report/view/island/types.ts';
import { useStore } from '../state.tsx';
import { count } from '../words.ts';
import { Id } from './words.tsx';

/** A longer run of rows that do not differ is folded. */
const LONGEST_RUN = 6;

/** Both sides of an object in one list: what only one side has is coloured, everything else is grey. */
export function SideBySide({
  object,
  comparison,
  only = '',
}: {
  readonly object: IslandObject;
  readonly comparison: Comparison;
  /** The title of the only section that is shown; empty for all. */
  readonly only?: string;
}) {
  const { data } = useStore();
  const sides = (['source', 'target'] as const).filter((side) => object[side] !== null);
  const one = sides.length < 2;
  const shown = comparison.sections.filter((s) => only === '' || s.title === '' || s.title === only);
  const named = shown.some((s) => s.rows.some((row) => row.name !== ''));
  return (
    <div class="sbsw">
      <div class={`sbs${one ? ' one' : ''}${named ? ' fields' : ''}`}>
        <div class="h">
          {named ? <span /> : null}
          {sides.map((side) => (
            <div key={side}>
              <b>{data.island[side].heading}</b>{' '}
              <span class="muted mono">
                <Id of={object[side]?.id ?? ''} />
              </span>
              {object[side]?.alias ? <span class="muted"> named {object[side]?.alias}</span> : null}
            </div>
          ))}
        </div>
        {shown.map((section, i) => (
          <Section key={`${section.title} ${i}`} of={section} one={one} named={named} />
        ))}
      </div>
      {one ? null : <Legend of={shown} />}
    </div>
  );
}

function Section({
  of: section,
  one,
  named,
}: {
  readonly of: ComparisonSection;
  readonly one: boolean;
  readonly named: boolean;
}) {
  const { rows, title, differing, more } = section;
  const said = one
    ? count(rows.length, 'row')
    : differing === 0
      ? `${count(rows.length, 'row')}, no proven difference`
      : `${differing} of ${count(rows.length, 'row')} ${differing === 1 ? 'differs' : 'differ'}`;
  return (
    <>
      {title === '' ? null : (
        <div class="dir">
          {title} <span class="muted">{said}</span>
        </div>
      )}
      {runsOf(rows, one).map((run, i) => (
        <Run key={i} of={run} one={one} named={named} />
      ))}
      {more > 0 ? <div class="dir muted">and {count(more, 'more row')}, in report.json</div> : null}
    </>
  );
}

interface RunOfRows {
  readonly quiet: boolean;
  readonly rows: ComparisonRow[];
}

function runsOf(rows: readonly ComparisonRow[], one: boolean): RunOfRows[] {
  const runs: RunOfRows[] = [];
  for (const row of rows) {
    const quiet = one
      ? row.target?.state !== 'open-to-world'
      : [row.source, row.target].every((c) => c === null || !differs(c));
    const last = runs.at(-1);
    if (last?.quiet === quiet) last.rows.push(row);
    else runs.push({ quiet, rows: [row] });
  }
  return runs;
}

function Run({
  of: run,
  one,
  named,
}: {
  readonly of: RunOfRows;
  readonly one: boolean;
  readonly named: boolean;
}) {
  const [open, setOpen] = useState(false);
  const folds = run.quiet && !open && run.rows.length > LONGEST_RUN;
  const shown = folds ? run.rows.slice(0, one ? LONGEST_RUN - 1 : 0) : run.rows;
  const rest = run.rows.length - shown.length;
  return (
    <>
      {shown.map((row, i) => (
        <Line key={i} of={row} one={one} named={named} />
      ))}
      {rest > 0 ? (
        <button type="button" class="fold" onClick={() => setOpen(true)}>
          {one
            ? `Show ${rest} more`
            : run.rows.every(isEqual)
              ? `Show ${count(rest, 'equal row')}`
              : `Show ${count(rest, 'row')} without a proven difference`}
        </button>
      ) : null}
    </>
  );
}

function Line({
  of: { name, source, target },
  one,
  named,
}: {
  readonly of: ComparisonRow;
  readonly one: boolean;
  readonly named: boolean;
}) {
  const equal = isEqual({ name, source, target });
  return (
    <div class={equal ? 'l eq' : 'l'}>
      {named ? <span class="field">{name}</span> : null}
      {one ? (
        <Cell of={source ?? target} other={null} side="" plain />
      ) : (
        <>
          <Cell of={source} other={target} side="source" />
          <Cell of={target} other={source} side="target" />
        </>
      )}
    </div>
  );
}

function isEqual({ source, target }: ComparisonRow): boolean {
  return source?.state === 'same' && target?.state === 'same';
}

const CLASSES = {
  same: '',
  covered: '',
  'source-only': 'source',
  'target-only': 'target',
  'open-to-world': 'world',
  unknown: '',
} as const satisfies Record<ComparisonCell['state'], string>;

function differs({ state }: ComparisonCell): boolean {
  return CLASSES[state] !== '';
}

function Cell({
  of: cell,
  other,
  side,
  plain = false,
}: {
  readonly of: ComparisonCell | null;
  readonly other: ComparisonCell | null;
  readonly side: 'source' | 'target' | '';
  /** Of an object of one side: nothing differs row by row, so that colour would say nothing but for what is open. */
  readonly plain?: boolean;
}) {
  if (cell === null)
    return <div class="c no">{other?.state === 'covered' ? 'covered by another row' : 'not there'}</div>;
  const world = cell.state === 'open-to-world';
  const coloured = differs(cell) && (!plain || world);
  return (
    <div
      class={`c ${coloured ? CLASSES[cell.state] : ''}${cell.columns.length === 1 ? ' text' : ''}`}
      data-side={side}
    >
      {cell.columns.map((text, i) => (
        <span key={i}>{coloured ? <Marked text={text} other={other?.columns[i]} /> : text}</span>
      ))}
      {world ? (
        <span class="tag">open to any address</span>
      ) : cell.state === 'unknown' ? (
        <span class="via">{cell.columns.length === 1 ? 'not compared' : 'cannot be compared'}</span>
      ) : cell.via === '' ? null : (
        <span class="via" title={`entry of prefix list ${cell.via}`}>
          {cell.via}
        </span>
      )}
    </div>
  );
}

/** The part of a text that differs from the other side, from one word or address to the next. */
function Marked({ text, other }: { readonly text: string; readonly other: string | undefined }) {
  if (other === undefined) return <mark>{text}</mark>;
  if (other === text) return <>{text}</>;
  const [left, right] = [text.split(/( )/), other.split(/( )/)];
  const known = new Set(right);
  return (
    <>
      {left.map((word, i) => (
        <Fragment key={i}>{word === ' ' || known.has(word) ? word : <mark>{word}</mark>}</Fragment>
      ))}
    </>
  );
}

function Legend({ of: sections }: { readonly of: readonly ComparisonSection[] }) {
  const { data } = useStore();
  const used = new Set(sections.flatMap((s) => s.rows.flatMap((r) => [r.source?.state, r.target?.state])));
  const words = [
    ['source-only', `only in ${data.island.source.heading} (source)`],
    ['target-only', `only in ${data.island.target.heading} (target)`],
    ['open-to-world', 'only the target is open to any address'],
  ] as const;
  const shown = words.filter(([state]) => used.has(state));
  return shown.length === 0 ? null : (
    <div class="keys2">
      {shown.map(([state, text]) => (
        <span key={state}>
          <i class={CLASSES[state]} />
          {text}
        </span>
      ))}
    </div>
  );
}
