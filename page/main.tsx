import { render } from 'preact';
import type { Details, Island } from '../src/report/view/island/types.ts';
import { App } from './app.tsx';
import { dataOf } from './data.ts';
import { printing } from './print.ts';

/** The renderer writes both: what every view needs, and what only an open detail or a search needs. */
function read<T>(id: string): T {
  return JSON.parse(document.getElementById(id)?.textContent ?? '') as T;
}

let details: Details | undefined;
const root = document.getElementById('app');
if (root) {
  const data = dataOf(read<Island>('data'), () => {
    details ??= read<Details>('details');
    return details;
  });
  render(<App data={data} title={document.querySelector('h1')?.textContent?.trim() ?? ''} />, root);
  document.documentElement.classList.add('js');
  printing();
}
