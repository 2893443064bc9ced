/** A picture of a terminal: text with its ANSI colours as SVG. The same text gives the same bytes. */

const COLUMN = 8.4;
const LINE = 19;
const PADDING = 16;
const BAR = 30;
/** On the dark ground of the picture each has a contrast of 4.5 or more. */
const COLOURS: Readonly<Record<number, string>> = {
  31: '#ff8f8f',
  32: '#6cc788',
  33: '#d9b84f',
  34: '#9cc3ff',
  35: '#c7b0ff',
  36: '#7fd1d9',
};

interface Style {
  readonly colour: string | null;
  readonly bold: boolean;
  readonly dim: boolean;
}
const PLAIN: Style = { colour: null, bold: false, dim: false };

/** The style after one number of an SGR sequence. What is not used by the report is an error, so that no colour is lost. */
function applied(style: Style, code: number): Style {
  switch (code) {
    case 0:
      return PLAIN;
    case 1:
      return { ...style, bold: true };
    case 2:
      return { ...style, dim: true };
    case 22:
      return { ...style, bold: false, dim: false };
    case 39:
      return { ...style, colour: null };
    default: {
      const colour = COLOURS[code];
      if (colour === undefined) throw new Error(`no colour for the ANSI code ${code}`);
      return { ...style, colour };
    }
  }
}

/** @param ansi Lines of text with SGR sequences. */
export function terminalPicture(ansi: string, title: string): string {
  const lines = ansi.trimEnd().split('\n');
  const columns = Math.max(80, ...lines.map((line) => [...plain(line)].length));
  const width = Math.ceil(columns * COLUMN + 2 * PADDING);
  const height = BAR + lines.length * LINE + 2 * PADDING;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(title)}">
<title>${escaped(title)}</title>
<rect width="${width}" height="${height}" rx="8" fill="#0e1116"/>
<rect width="${width}" height="${BAR}" rx="8" fill="#202833"/>
<text x="${width / 2}" y="20" fill="#9ba6b2" font-family="system-ui, sans-serif" font-size="12" text-anchor="middle">${escaped(title)}</text>
<g fill="#e6e9ed" font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14">
${textsOf(lines).join('\n')}
</g>
</svg>
`;
}

function textsOf(lines: readonly string[]): string[] {
  let style = PLAIN;
  return lines.flatMap((line, row) => {
    const y = BAR + PADDING + row * LINE + 14;
    let column = 0;
    const runs = line.split(ESCAPE).flatMap((piece, i): string[] => {
      if (i % 2 === 1) {
        style = (piece === '' ? ['0'] : piece.split(';')).map(Number).reduce(applied, style);
        return [];
      }
      const x = PADDING + column * COLUMN;
      const length = [...piece].length;
      column += length;
      if (piece.trim() === '') return [];
      // Every run has the place and the length of its columns, so that every font gives the same picture.
      return [
        `<text x="${round(x)}" y="${y}" textLength="${round(length * COLUMN)}" xml:space="preserve"${attributes(style)}>${escaped(piece)}</text>`,
      ];
    });
    return runs.length > 0 ? [runs.join('')] : [];
  });
}

function attributes({ colour, bold, dim }: Style): string {
  return `${colour === null ? (dim ? ' fill="#9ba6b2"' : '') : ` fill="${colour}"`}${bold ? ' font-weight="600"' : ''}`;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: ANSI sequences begin with the escape character
const ESCAPE = /\u001b\[([\d;]*)m/;

function plain(line: string): string {
  return line
    .split(ESCAPE)
    .filter((_, i) => i % 2 === 0)
    .join('');
}

function round(n: number): string {
  return String(Math.round(n * 100) / 100);
}

const ENTITIES: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' };

function escaped(text: string): string {
  return text.replace(/[<>&"]/g, (c) => ENTITIES[c] ?? c);
}
