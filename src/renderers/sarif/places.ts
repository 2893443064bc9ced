import { type Finding, type Pair, plainFacts, type Report, type ReportSide } from '../../report/model.ts';
import { wordsOf } from '../../report/vocabulary.ts';
import { visible } from '../../text/printable.ts';

/**
 * The place of a finding. An object of AWS is in no file, and GitHub shows no alert without one: the file that says how
 * the two sides are compared is the one to edit, so it is used for them. The object is in the logical locations.
 */
export function locationOf(
  finding: Finding,
  pair: Pair | undefined,
  report: Report,
  artifact: string,
): object {
  const { file, line } = templatePlace(finding) ?? { file: artifact, line: 1 };
  return {
    physicalLocation: { artifactLocation: artifactLocation(file), region: { startLine: line } },
    logicalLocations: logicalLocations(finding, pair, report),
  };
}

/** What a template says is in a file and on a line: that is the place to edit. */
function templatePlace(finding: Finding): { file: string; line: number } | null {
  const { file, line } = plainFacts(finding);
  if (typeof file !== 'string' || file === '') return null;
  const path = file.replaceAll('\\', '/').replace(/^\.\//, '');
  const at = typeof line === 'number' && line >= 1 ? line : 1;
  return {
    file: path.startsWith('/') ? `file://${path.split('/').map(encodePart).join('/')}` : path,
    line: at,
  };
}

/** A lone surrogate cannot be percent-encoded. */
function encodePart(text: string): string {
  return encodeURIComponent(text.replace(/\p{Cs}/gu, '\ufffd'));
}

/** A relative path counts from the root of the repository; `file:` is an absolute address. */
function artifactLocation(artifact: string): object {
  if (artifact.startsWith('file:')) return { uri: artifact };
  const uri = artifact.split('/').map(encodePart).join('/');
  return { uri, uriBaseId: '%SRCROOT%' };
}

/** `aws:111111111111:us-east-1:sg/prod/web#ingress`, for each side on which the object exists. */
function logicalLocations(finding: Finding, pair: Pair | undefined, report: Report): object[] {
  const { kind, subject } = finding;
  const { direction } = plainFacts(finding);
  const fragment = direction === 'ingress' || direction === 'egress' ? `#${direction}` : '';
  const at = (side: ReportSide, name: string) => ({
    name: visible(name),
    kind,
    fullyQualifiedName: `aws:${part(side.account ?? 'unknown')}:${part(side.region)}:${[
      wordsOf(kind).short,
      ...(subject.scope === null ? [] : [part(subject.scope)]),
      part(name),
    ].join('/')}${fragment}`,
  });
  const places = [
    ...(subject.sourceId === null ? [] : [at(report.source, pair?.source?.name ?? subject.name)]),
    ...(subject.targetId === null ? [] : [at(report.target, pair?.target?.name ?? subject.name)]),
  ];
  if (places.length === 0) return [at(report.source, subject.name)];
  // One region against itself at another time: one place.
  return [...new Map(places.map((place) => [place.fullyQualifiedName, place])).values()];
}

/** Legible, and still one part: what would end it is percent-encoded. */
export function part(data: string): string {
  return visible(data).replace(/[%/#: ]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}
