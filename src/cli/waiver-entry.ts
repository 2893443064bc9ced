/** The text of a config with one more waiver. Comments and the order of what is there stay. */
export async function withWaiver(
  text: string,
  entry: Readonly<Record<string, string>>,
  asJson: boolean,
): Promise<string> {
  if (asJson) {
    const config = text.trim() === '' ? {} : JSON.parse(text);
    return `${JSON.stringify({ ...config, waivers: [...(config.waivers ?? []), entry] }, null, 2)}\n`;
  }
  const { parseDocument, isSeq } = await import('yaml');
  const document = parseDocument(text);
  const waivers = document.get('waivers');
  if (isSeq(waivers)) waivers.add(document.createNode(entry));
  else document.set('waivers', document.createNode([entry]));
  return document.toString({ lineWidth: 0 });
}
