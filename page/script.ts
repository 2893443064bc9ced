import type { IslandCommand, IslandFix, IslandSide, IslandStep } from '../src/report/view/island/types.ts';

/** A word that a reader has to replace: `IMAGE-ID`, `<ROLE>`. */
const PLACEHOLDER = /(?:^|[\s=,'"])(<[A-Z][A-Z-]*>|[A-Z]{2,}(?:-[A-Z]+)+)(?=$|[\s,'"])/;

/** Deletes an object, so that the remedy has something to decide first. Revoking a rule is no deletion. */
const DELETES = /\baws [a-z0-9-]+ (?:delete|deregister|terminate)-/;

type Sides = Readonly<Record<IslandCommand['side'], Pick<IslandSide, 'heading' | 'account'>>>;

/**
 * Every command of the fix list as one script: what others refer to first, a comment before each fix. What a person has to
 * decide or to fill in first is a comment, so that nothing is deleted and nothing runs with a placeholder.
 */
export function scriptOf(
  fixes: readonly IslandFix[],
  sides: Sides,
): { readonly commands: number; readonly text: string } {
  const numbered = fixes.map((fix, at) => ({ fix, number: at + 1 }));
  const parts = numbered
    .filter(({ fix }) => fix.commands.length > 0)
    .sort((a, b) => a.fix.order - b.fix.order || a.number - b.number);
  const manual = numbered.filter(({ fix }) => fix.commands.length === 0).map(({ number }) => number);
  const head = [
    `# Commands of ${parts.length} of ${fixes.length} fixes, ${commentText(sides.source.heading)} to ${commentText(sides.target.heading)}. Read each before you run it.`,
    ...(manual.length > 0 ? [`# Not in here, because no command does it: fix ${manual.join(', ')}.`] : []),
  ];
  return {
    commands: parts.reduce((n, { fix }) => n + fix.commands.length, 0),
    text: `${[head.join('\n'), ...parts.map((part) => textOf(part, sides)), AFTER].join('\n\n')}\n`,
  };
}

/**
 * The steps of the remediation plan as one script, in their order: each may use what an earlier one has made. What the fix list
 * has beside them is a comment, because a person decides it: what revokes, opens or deletes.
 */
export function planScriptOf(
  steps: readonly IslandStep[],
  fixes: readonly IslandFix[],
  sides: Sides,
): { readonly commands: number; readonly text: string } {
  const lines = steps.filter(({ commands }) => commands.length > 0);
  const two = sides.source.account !== sides.target.account;
  const head = `# The remediation plan, ${commentText(sides.source.heading)} to ${commentText(sides.target.heading)}, in its order. plan.sh also looks what exists, and waits.`;
  const parts = lines.map(({ does, side, commands }) =>
    [
      `# ${commentText(does)}`,
      ...(two ? [`# With the credentials of account ${commentText(sides[side].account)}:`] : []),
      ...commands.map(({ shell }) => shell),
    ].join('\n'),
  );
  const planned = new Set(lines.flatMap(({ commands }) => commands.map(({ shell }) => shell)));
  const others = fixes.flatMap((fix, at) => {
    const own = fix.commands.filter(({ shell }) => !planned.has(shell));
    return own.length === 0 ? [] : [{ fix, number: at + 1, own }];
  });
  const comments = others.map(({ fix, number, own }) =>
    [
      `# ${number}. ${commentText(fix.title)}`,
      `# Decide first: ${commentText(fix.remedy)}`,
      ...own.map(
        ({ shell, side }) =>
          `# ${two ? `(account ${commentText(sides[side].account)}) ` : ''}${commentText(shell)}`,
      ),
    ].join('\n'),
  );
  return {
    commands: [...lines, ...others.map(({ own }) => ({ commands: own }))].reduce(
      (n, { commands }) => n + commands.length,
      0,
    ),
    text: `${[head, ...parts, ...(comments.length > 0 ? [BESIDE, ...comments] : []), AFTER].join('\n\n')}\n`,
  };
}

const BESIDE =
  '# Not steps of the plan: a person decides them. They run once the "# " before them is removed.';

const AFTER = '# Then run the same audit again: what is fixed is no longer reported.';

function textOf({ fix, number }: { readonly fix: IslandFix; readonly number: number }, sides: Sides): string {
  const deletes = fix.commands.some(({ shell }) => DELETES.test(shell));
  const two = sides.source.account !== sides.target.account;
  let account = '';
  const lines = fix.commands.flatMap(({ shell, side }) => {
    const own = sides[side].account;
    const changed = two && own !== account;
    account = own;
    return [
      ...(changed ? [`# With the credentials of account ${commentText(own)}:`] : []),
      ...(deletes
        ? [`# ${commentText(shell)}`]
        : PLACEHOLDER.test(shell)
          ? [`# Replace ${placeholderOf(shell)} first:`, `# ${commentText(shell)}`]
          : [shell]),
    ];
  });
  return [
    `# ${number}. ${commentText(fix.title)}`,
    ...(deletes ? [`# This deletes something. Decide first: ${commentText(fix.remedy)}`] : []),
    ...lines,
  ].join('\n');
}

/** A comment ends with its line, so that a name in it runs nothing. */
function commentText(text: string): string {
  return text.replace(/[\r\n]+/g, ' ');
}

function placeholderOf(shell: string): string {
  return PLACEHOLDER.exec(shell)?.[1] ?? '';
}
