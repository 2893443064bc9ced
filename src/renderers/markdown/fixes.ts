import type { Command } from '../../report/command.ts';
import type { Cause, Report } from '../../report/model.ts';
import { type Digest, type FixEffect, fixEffect, fixHeading } from '../../report/view/digest.ts';
import type { FixText } from '../../report/view/fix-rules.ts';
import { PLAN_COMMAND, planText } from '../../report/view/plan.ts';
import { thousands } from '../../text/counts.ts';
import { code, fenced, text } from '../../text/markdown.ts';
import { clip, visible } from '../../text/printable.ts';
import { rowsWithin, tablePieces } from './pieces.ts';

const MOST_FIXES = 50;
/** Longer remedies are cut in the table: the full report has them. */
const MOST_REMEDY = 240;
/** Fixes whose commands are listed. */
const MOST_COMMANDS = 40;
/** A longer command is for the full report. */
const LONGEST_COMMAND = 360;

/** One row per fix, the one that makes most launchable first. */
export function fixTable(causes: readonly Cause[], digest: Digest): () => Iterable<string> {
  return () => {
    const rows = causes
      .slice(0, MOST_FIXES)
      .map((cause, i) => [
        String(i + 1),
        `**${headingText(fixHeading(cause, digest))}.** ${text(clip(visible(cause.remedy), MOST_REMEDY))}`,
        effectText(fixEffect(cause, i + 1, digest)),
      ]);
    return tablePieces(['#', 'Fix', 'Affects'], rowsWithin(rows, causes.length, MOST_FIXES), [
      'right',
      'left',
      'left',
    ]);
  };
}

/** `Copy image \`web\` to eu-west-1` */
export function headingText(parts: FixText): string {
  // A colon is escaped for the start of a line, and after a name it is at none.
  return parts
    .map((part) => (typeof part === 'string' ? text(part).replace(/^\\(?=: )/, '') : code(part.name)))
    .join('');
}

/** `2 blocked`, `1 blocked, with 5` where another fix is needed too. */
function effectText({ verdict, workloads, together }: FixEffect): string {
  if (verdict === null) return 'no workload';
  const said = `${thousands(workloads)} ${verdict}`;
  if (together.length === 0) return said;
  return together.length > 3 ? `${said}, with others` : `${said}, with ${together.join(', ')}`;
}

/** The commands of the fixes, each in a separate block, to be copied completely. */
export function commandPieces(
  causes: readonly Cause[],
  heading: (cause: Cause) => string,
): () => Iterable<string> {
  return function* () {
    yield 'Review each command before you run it. Each is for the target, unless it names the source. The other fixes need a decision or an edit.\n';
    let listed = 0;
    for (const [i, cause] of causes.entries()) {
      const { commands = [] } = cause;
      if (commands.length === 0) continue;
      if (listed++ >= MOST_COMMANDS) {
        yield '\nThe commands of the other fixes are in the full report.\n';
        return;
      }
      yield `\n**${i + 1}.** ${heading(cause)}\n`;
      for (const command of commands) yield `\n${commandText(shown(command))}\n`;
    }
  };
}

function shown({ does, shell, side }: Command) {
  return {
    does: `${visible(does)}${side === 'source' ? ', with the credentials of the source' : ''}`,
    shell: visible(shell),
  };
}

/** What a plan would resolve, below the fix list; empty where a plan has no step. */
export function planLine(report: Report): string {
  const said = planText(report);
  return said === '' ? '' : `\n${code(PLAN_COMMAND)} ${text(said)}.\n`;
}

export function commandText({ does, shell }: { readonly does: string; readonly shell: string }): string {
  return shell.length > LONGEST_COMMAND
    ? `${text(does)}: one command of ${thousands(shell.length)} characters, which the full report has.`
    : `${text(does)}:\n\n${fenced('sh', [shell])}`;
}
