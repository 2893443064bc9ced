import { isOf } from '../../report/model.ts';
import { count } from '../../text/counts.ts';
import { groupBy } from '../../text/groups.ts';
import type { Context } from '../context.ts';
import type { Judged } from '../verdicts/judgements.ts';
import type { Root } from './root.ts';

/** A missing key pair that objects of the target name already: importing it resolves what they lack too. */
export function keyRoots(judged: readonly Judged[], { names, places }: Context): Root[] {
  const naming = groupBy(
    judged.flatMap(({ findings }) =>
      findings.flatMap((f) => (isOf(f, 'reference/dangling') && f.facts.onSource ? [f] : [])),
    ),
    (f) => f.facts.reference,
  );
  return judged.flatMap(({ findings }): Root[] =>
    findings
      .filter((f) => isOf(f, 'key-pair/missing'))
      .flatMap((missing) => {
        const users = naming.get(names.keyPairs(missing.subject.name)) ?? [];
        if (users.length === 0) return [];
        return [
          {
            key: ['key-pair', missing.subject.name],
            title: `Key pair "${missing.subject.name}" does not exist in ${places.target}, and ${count(users.length, 'place')} there ${users.length === 1 ? 'refers' : 'refer'} to it.`,
            remedy: missing.remedy,
            fixedBy: [missing.fingerprint],
            findings: [missing, ...users].map((f) => f.fingerprint),
          },
        ];
      }),
  );
}
