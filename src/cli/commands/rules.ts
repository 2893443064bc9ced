import { Unable } from '../../inventory/unable.ts';
import type { RuleText } from '../../report/model.ts';
import { PHASES } from '../../report/vocabulary.ts';
import { didYouMean } from '../../text/did-you-mean.ts';
import type { Arguments } from '../arguments.ts';
import type { Command, Context } from '../command.ts';
import { usage } from '../errors.ts';
import type { RenderOptions } from '../output.ts';
import { renderOptionsOf } from '../render-options.ts';

export const rules: Command = {
  name: 'rules',
  summary: 'The rule catalogue; with an ID, the full explanation',
  positionals: { id: { required: false, describe: 'A rule id, for example key-pair/different-key' } },
  options: {
    json: { type: 'flag', describe: 'As JSON' },
    markdown: { type: 'flag', describe: 'The whole catalogue as a Markdown page' },
  },
  run: showRules,
};

async function showRules(args: Arguments, context: Context): Promise<number> {
  const { data } = context;
  const id = args.positional('id');
  const [json, markdown] = [args.flag('json'), args.flag('markdown')];
  if (json && markdown) throw usage('--json and --markdown are two formats for one output.', 'rules');
  if (markdown && id !== '')
    throw usage('--markdown prints the whole catalogue, and takes no rule id.', 'rules');
  if (markdown) {
    const { catalogueMarkdown } = await import('../../comparator/rules/catalogue.ts');
    await data(catalogueMarkdown());
    return 0;
  }
  const { ruleTexts } = await import('../../comparator/rules/registry.ts');
  const all = ruleTexts();
  const one = id === '' ? undefined : find(all, id);
  if (json) await data(`${JSON.stringify(one ?? all, null, 2)}\n`);
  else
    await data(
      one
        ? explanation(one, renderOptionsOf(args, context))
        : await table(all, renderOptionsOf(args, context)),
    );
  return 0;
}

function find(all: readonly RuleText[], id: string): RuleText {
  const rule = all.find((candidate) => candidate.id === id);
  if (rule) return rule;
  const meant = didYouMean(
    id,
    all.map((candidate) => candidate.id),
  );
  throw new Unable(`There is no rule "${id}".`, `${meant}\`ec2-parity rules\` lists them all.`);
}

async function table(all: readonly RuleText[], { columns }: RenderOptions): Promise<string> {
  const { default: Table } = await import('cli-table3');
  const ids = Math.max(...all.map(({ id }) => id.length), 4) + 2;
  const severities = Math.max(...all.map((rule) => severityMark(rule).length), 8) + 2;
  const rows = new Table({
    head: ['rule', 'severity', 'title'],
    colWidths: [ids, severities, Math.max(20, columns - ids - severities)],
    wordWrap: true,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 2 },
    chars: NO_BORDERS,
  });
  rows.push(...all.map((rule) => [rule.id, severityMark(rule), rule.title]));
  const lines = rows
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
  return `${lines.join('\n')}\n\n* in phase readiness; another one in some phase or case: see \`ec2-parity rules ID\`\n`;
}

const NO_BORDERS = Object.fromEntries(
  [
    'top top-mid top-left top-right bottom bottom-mid bottom-left bottom-right',
    'left left-mid mid mid-mid right right-mid middle',
  ]
    .join(' ')
    .split(' ')
    .map((part) => [part, '']),
);

function severity(rule: RuleText): string {
  const byPhase = PHASES.map((phase) => rule.severity[phase]);
  return [...new Set(byPhase)].length === 1 ? String(byPhase[0]) : byPhase.join('/');
}

/** For the table: the one of the default phase, with a mark where that is not all there is to say. */
function severityMark(rule: RuleText): string {
  const plain = rule.weighs === undefined && !severity(rule).includes('/');
  return plain ? severity(rule) : `${rule.severity.readiness}*`;
}

function explanation(rule: RuleText, { columns }: RenderOptions): string {
  const sections: [string, string | undefined][] = [
    ['Severity', `${severity(rule)}${severity(rule).includes('/') ? ` (${PHASES.join('/')})` : ''}`],
    ['But', rule.weighs],
    ['Compares', rule.compares],
    ['Why', rule.why],
    ['Remedy', rule.remedy],
    ['Links', rule.links.length > 0 ? rule.links.join('\n') : undefined],
  ];
  const body = sections.flatMap(([title, text]) =>
    text === undefined ? [] : [`${title}\n${indented(text, Math.min(columns, 100))}`],
  );
  return `${[`${rule.id}: ${rule.title}`, ...body].join('\n\n')}\n`;
}

/** Wrapped between words only, so that a link stays whole. */
function indented(text: string, columns: number): string {
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    for (const word of paragraph.split(' ')) {
      if (line !== '' && line.length + 1 + word.length > columns - 2) {
        lines.push(line);
        line = word;
      } else line = line === '' ? word : `${line} ${word}`;
    }
    lines.push(line);
  }
  return lines.map((line) => `  ${line}`).join('\n');
}
