/** RFC 4180, by a reader that shares nothing with the writer. */
export function cells(csv: string): string[][] {
  const rows: string[][] = [[]];
  let [text, quoted] = ['', false];
  for (let i = 0; i < csv.length; i++) {
    const c = csv[i];
    if (quoted && c === '"' && csv[i + 1] === '"') text += csv[i++];
    else if (c === '"') quoted = !quoted;
    else if (!quoted && (c === ',' || c === '\n')) {
      rows.at(-1)?.push(text.replace(/\r$/, ''));
      text = '';
      if (c === '\n') rows.push([]);
    } else text += c;
  }
  return rows.slice(0, -1);
}
