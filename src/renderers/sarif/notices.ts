/** The page about the tool, and the one that viewers open from a notice. */
export const HOMEPAGE = 'https://github.com/ec2-parity/ec2-parity';

interface Notice {
  readonly id: string;
  readonly name: string;
  readonly short: string;
  readonly full: string;
  readonly help: string;
}

const NOTICES = [
  {
    id: 'coverage/gap',
    name: 'CoverageGap',
    short: 'Something could not be read.',
    full: 'A call was denied or failed, or a file has no answer of a kind. That no finding is reported proves nothing about what was not read.',
    help: 'Correct what the notice names (a right, a profile, a file of the dumps) and run the audit again. The report lists it under `gaps`.',
  },
  {
    id: 'coverage/left-out',
    name: 'CoverageLeftOut',
    short: 'Results that this file does not contain.',
    full: 'Code scanning shows a limited number of results of a run. The least severe ones beyond that number are not in this file.',
    help: 'Read report.json or report.html, which have every finding.',
  },
  {
    id: 'coverage/notice',
    name: 'CoverageNotice',
    short: 'What the report could not check, or is not sure about.',
    full: 'Something that the verdicts depend on was not looked at, or two objects were paired by a guess.',
    help: 'The notice says what was not looked at and which answer, file or setting would decide it.',
  },
] as const satisfies readonly Notice[];

export type NoticeId = (typeof NOTICES)[number]['id'];

/** The descriptors of the driver, in the order that `noticeIndex` counts. GitHub requires a description and help for each. */
export const noticeDescriptors: readonly object[] = NOTICES.map(({ id, name, short, full, help }) => ({
  id,
  name,
  shortDescription: { text: short },
  fullDescription: { text: full },
  helpUri: `${HOMEPAGE}#readme`,
  help: { text: help, markdown: help },
}));

export function noticeIndex(id: NoticeId): number {
  return NOTICES.findIndex((notice) => notice.id === id);
}
