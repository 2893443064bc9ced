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
        ? await explanation(one, renderOptionsOf(args, context))
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
  const { columnsWithText } = await import('../../renderers/terminal/table.ts');
  const { wrap } = await import('../../renderers/terminal/layout.ts');
  const row = (id: string, mark: string, title: string) => ({
    cells: [{ text: id }, { text: mark }],
    last: (room: number) => wrap(title, room),
  });
  const rows = all.map((rule) => row(rule.id, severityMark(rule), rule.title));
  const lines = columnsWithText(0, [row('rule', 'severity', 'title'), ...rows], columns);
  return `${lines.join('\n')}\n\n* in phase readiness; different in some phase or case: see \`ec2-parity rules ID\`\n`;
}

function severity(rule: RuleText): string {
  const byPhase = PHASES.map((phase) => rule.severity[phase]);
  return [...new Set(byPhase)].length === 1 ? String(byPhase[0]) : byPhase.join('/');
}

/** For the table: the one of the default phase, with a mark where that is not all there is to say. */
function severityMark(rule: RuleText): string {
  const plain = rule.weighs === undefined && !severity(rule).includes('/');
  return plain ? severity(rule) : `${rule.severity.readiness}*`;
}

async function explanation(rule: RuleText, { columns }: RenderOptions): Promise<string> {
  const { hang } = await import('../../renderers/terminal/layout.ts');
  const indented = (text: string) =>
    text.split('\n').flatMap((paragraph) => hang('  ', paragraph, Math.min(columns, 100)));
  const sections: [string, string | undefined][] = [
    ['Severity', `${severity(rule)}${severity(rule).includes('/') ? ` (${PHASES.join('/')})` : ''}`],
    ['But', rule.weighs],
    ['Compares', rule.compares],
    ['Why', rule.why],
    ['Remedy', rule.remedy],
    ['Links', rule.links.length > 0 ? rule.links.join('\n') : undefined],
  ];
  const body = sections.flatMap(([title, text]) =>
    text === undefined ? [] : [[title, ...indented(text)].join('\n')],
  );
  return `${[`${rule.id}: ${rule.title}`, ...body].join('\n\n')}\n`;
}
