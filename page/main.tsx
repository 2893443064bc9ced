import { render } from 'preact';
import { type Details, type Island, PIECE } from '../src/report/view/island/types.ts';
import { App } from './app.tsx';
import { dataOf } from './data.ts';
import { printing } from './print.ts';

/** The renderer writes both: what every view needs, and in pieces what only an open detail or a search needs. */
function read<T>(id: string): T {
  return JSON.parse(document.getElementById(id)?.textContent ?? '') as T;
}

const pieces = new Map<number, Details>();

function piece(at: number): Details {
  const i = Math.floor(at / PIECE);
  const id = i === 0 ? 'details' : `details-${i}`;
  // Where a bound left the details out, there are fewer pieces.
  const known =
    pieces.get(i) ?? (document.getElementById(id) ? read<Details>(id) : { findings: [], compared: {} });
  pieces.set(i, known);
  return known;
}

const root = document.getElementById('app');
if (root) {
  const data = dataOf(read<Island>('data'), {
    finding: (at) => piece(at).findings[at % PIECE],
    compared: (at) => (at < 0 ? undefined : piece(at).compared[at]),
  });
  render(<App data={data} title={document.querySelector('h1')?.textContent?.trim() ?? ''} />, root);
  document.documentElement.classList.add('js');
  printing();
}
