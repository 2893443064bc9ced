import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Plan } from '../../src/plan/model.ts';
import { planScript } from '../../src/plan/script/index.ts';
import { type Ended, run } from './kit.ts';

/**
 * In place of the AWS CLI: writes down each call that changes something. The one that FAIL_AT names fails: before it is sent, or
 * (FAIL_AFTER) after it was carried out, as when the answer is lost.
 */
const AWS = `#!/bin/sh
previous=
operation=
for word in "$@"; do
  case $previous in ec2 | ssm | sts | kms) operation=$word; break ;; esac
  previous=$word
done
PATH=\${PATH#*:}
case $operation in
  describe-* | get-* | list-*) ;;
  *)
    echo "$operation" >> "$CHANGES"
    if [ "$(grep -c . "$CHANGES")" -eq "\${FAIL_AT:-0}" ]; then
      if [ -n "\${FAIL_AFTER:-}" ]; then aws "$@" >/dev/null; fi
      echo 'stopped here' >&2
      exit 9
    fi
    ;;
esac
exec aws "$@"
`;

export interface Ran extends Ended {
  /** How many calls changed something, or were to. */
  readonly changes: number;
}

/** Runs the scripts of plans with the AWS CLI against a server. */
export class ScriptRunner {
  readonly folder = mkdtempSync(join(tmpdir(), 'ec2-parity-script-'));
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
    writeFileSync(join(this.folder, 'aws'), AWS, { mode: 0o755 });
  }

  /** @param how FAIL_AT, FAIL_AFTER, and further variables of the environment. */
  async run(plan: Plan, shell: 'dash' | 'bash', how: NodeJS.ProcessEnv = {}): Promise<Ran> {
    const [path, changes] = [join(this.folder, 'plan.sh'), join(this.folder, 'changes')];
    writeFileSync(path, planScript(plan));
    writeFileSync(changes, '');
    const ended = await run(shell, [path], {
      PATH: `${this.folder}${delimiter}${process.env.PATH}`,
      AWS_ENDPOINT_URL: this.#url,
      CHANGES: changes,
      TARGET_KMS_KEY: 'alias/plan',
      ...how,
    });
    return { ...ended, changes: readFileSync(changes, 'utf8').split('\n').length - 1 };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
