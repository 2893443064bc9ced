import type { ContentDevice, ContentImage, ContentReason, ContentResult } from '../../inventory/content.ts';
import { count } from '../../text/counts.ts';
import { visible } from '../../text/printable.ts';
import type { Report } from '../model.ts';
import type { State } from '../vocabulary.ts';

export interface ContentRow {
  readonly name: string;
  readonly result: ContentResult;
  /** The state of pairs that it looks like. */
  readonly tone: State;
  readonly label: string;
  readonly said: string;
}

export interface ContentView {
  /** What was asked, how it ended, and what that proves. */
  readonly lead: string;
  readonly rows: readonly ContentRow[];
}

const LABELS: Readonly<Record<ContentResult, string>> = {
  different: 'different',
  'not-verified': 'not verified',
  'no-difference-found': 'no difference found',
  equal: 'equal',
};

/** Only a proof looks like one. */
const TONES: Readonly<Record<ContentResult, State>> = {
  different: 'different',
  'not-verified': 'undetermined',
  'no-difference-found': 'undetermined',
  equal: 'same',
};

const REASONS: Readonly<Record<ContentReason, string>> = {
  budget: 'reading it would exceed the budget',
  failed: 'its blocks could not be read; the gaps say why',
  'not-available': 'one of the two images is not available',
  'instance-store': 'it has no EBS snapshot',
  'no-snapshot': 'no snapshot is known',
  'one-side-only': 'the other image has no such volume',
};

const WORST_FIRST = ['different', 'not-verified', 'no-difference-found', 'equal'] as const;

/** What was compared of the content of images. "Equal" is said only where every block was. */
export function contentView(content: Report['content']): ContentView {
  if (!content) return { lead: '', rows: [] };
  if (content.images.length === 0) return { lead: 'There is no pair of images to compare.', rows: [] };
  const rows = WORST_FIRST.flatMap((result) => content.images.filter((image) => image.result === result));
  const counts = WORST_FIRST.flatMap((result) => {
    const many = rows.filter((row) => row.result === result).length;
    return many > 0 ? [`${many} ${LABELS[result]}`] : [];
  });
  const { asked, estimate } = content;
  const how = asked === 'all' ? 'all blocks' : `a sample of ${count(asked, 'block')} per volume`;
  const sampleNote =
    asked === 'all' ? '' : ' A sample can show a difference; it cannot prove that there is none.';
  const cost = `${count(estimate.blocks, 'block')} (${estimate.gib} GiB), about $${estimate.dollars} of requests`;
  return {
    lead: `${count(rows.length, 'pair')} of images, ${how}: ${counts.join(', ')}.${sampleNote} The cost that was stated: ${cost}.`,
    rows: rows.map((image) => ({
      name: visible(image.name),
      result: image.result,
      tone: TONES[image.result],
      label: LABELS[image.result],
      said: said(image),
    })),
  };
}

function said({ reason, devices }: ContentImage): string {
  if (devices.length === 0) return `${REASONS[reason ?? 'no-snapshot']}.`;
  return `${devices.map((device) => `${visible(device.device)}: ${deviceSaid(device)}`).join('; ')}.`;
}

function deviceSaid({ result, reason, sizeGiB, blocks, firstDifferent }: ContentDevice): string {
  const [compared, either] = [blocks?.compared ?? 0, blocks?.either ?? 0];
  switch (result) {
    case 'equal':
      return `all ${either} written blocks are equal`;
    case 'no-difference-found':
      return `${compared} of ${either} written blocks compared, none differs`;
    case 'not-verified':
      return REASONS[reason ?? 'failed'];
    case 'different':
      return sizeGiB.source === sizeGiB.target
        ? `${blocks?.different ?? 0} of ${compared} compared blocks differ (of ${either}; first ${firstDifferent.join(', ')})`
        : `${sizeGiB.source} GiB on the source, ${sizeGiB.target} GiB on the target`;
  }
}
