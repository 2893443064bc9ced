import type { Finding } from '../../report/model.ts';
import { assigned } from '../commands/offer.ts';
import type { DraftFinding } from './judge.ts';
import { byWeight } from './order.ts';

/** What a remedy says whose commands are those of another finding. */
export function listedWith({ rule, subject }: Pick<Finding, 'rule' | 'subject'>): string {
  return ` The commands are listed with the finding ${rule} of "${subject.name}".`;
}

/** Findings with the commands of those that no step of a plan does, in the order they were given in. */
export function withCommands(drafts: readonly DraftFinding[]): Finding[] {
  const places = drafts.map((_, i) => i);
  const find = (place: number) => drafts[place] as DraftFinding;
  const order = [...places].sort((a, b) => {
    const [x, y] = [find(a), find(b)];
    return byWeight(
      { ...x.finding, fingerprint: x.fingerprint },
      { ...y.finding, fingerprint: y.fingerprint },
    );
  });
  const given = assigned(order.map((place) => find(place).offers));
  const found = new Map(order.map((place, i) => [place, given[i]]));
  return drafts.map(({ fingerprint, finding }, place): Finding => {
    const own = found.get(place);
    const other =
      own?.with === undefined || own.with === null ? null : find(order[own.with] ?? place).finding;
    // Words for a person: the commands would say nothing that the other finding does not.
    const elsewhere = other ? listedWith(other) : '';
    const { usedBy, status, firstSeen, moved, ...what } = finding;
    // In the order of the schema: a report that is read and written again is the same bytes.
    return {
      fingerprint,
      ...what,
      remedy: finding.remedy + elsewhere,
      commands: own?.commands ?? [],
      usedBy,
      status,
      firstSeen,
      moved,
    } as Finding;
  });
}
