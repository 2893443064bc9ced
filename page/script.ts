import type { IslandFix } from '../src/report/view/island/types.ts';

/** A word that a reader has to replace: `IMAGE-ID`, `<ROLE>`. */
const PLACEHOLDER = /(?:^|[\s=,'"])(<[A-Z][A-Z-]*>|[A-Z]{2,}(?:-[A-Z]+)+)(?=$|[\s,'"])/;

/**
 * Every command of the fix list as one script: what others refer to first, a comment before each fix. Commands with a value
 * that only a person knows are comments, so that nothing runs with a placeholder.
 */
export function scriptOf(fixes: readonly IslandFix[]): { readonly commands: number; readonly text: string } {
  const parts = fixes
    .map((fix, at) => ({ fix, at }))
    .filter(({ fix }) => fix.commands.length > 0)
    .sort((a, b) => a.fix.order - b.fix.order || a.at - b.at);
  const text = parts.map(({ fix, at }) =>
    [
      `# ${at + 1}. ${commentText(fix.title)}`,
      ...fix.commands.map(({ shell }) =>
        PLACEHOLDER.test(shell) ? `# Replace ${placeholderOf(shell)} first:\n# ${commentText(shell)}` : shell,
      ),
    ].join('\n'),
  );
  return {
    commands: parts.reduce((n, { fix }) => n + fix.commands.length, 0),
    text: `${text.join('\n\n')}\n`,
  };
}

/** A comment ends with its line, so that a name in it runs nothing. */
function commentText(text: string): string {
  return text.replace(/[\r\n]+/g, ' ');
}

function placeholderOf(shell: string): string {
  return PLACEHOLDER.exec(shell)?.[1] ?? '';
}
