import { useEffect, useState } from 'preact/hooks';
import type { FixVerdict, Island, IslandFix } from '../../src/report/view/island/types.ts';
import { formatAddress, START } from '../address.ts';
import type { Item } from '../data.ts';
import { found, wordsOf } from '../filter.ts';
import { Command, ConfigLines, CopyButton } from '../parts/command.tsx';
import { FindingLink, WorkloadLinks } from '../parts/finding.tsx';
import { LeftOut, NoMatch, Nothing } from '../parts/head.tsx';
import { Icon } from '../parts/icons.tsx';
import { Section } from '../parts/section.tsx';
import { Sentence, VerdictMark } from '../parts/words.tsx';
import { planScriptOf, scriptOf } from '../script.ts';
import { useStore } from '../state.tsx';
import { count, countOf } from '../words.ts';

/** A group shows so many at once. */
const SHOWN = 200;
const SHOWN_FINDINGS = 50;

const GROUPS = {
  blocked: 'Unblocks workloads',
  degraded: 'Improves degraded workloads',
  unknown: 'Decides workloads that could not be judged',
  none: 'Affects no workload',
} as const satisfies Record<FixVerdict, string>;

export function Fixes() {
  const { data, address, steps } = useStore();
  const { fixes, island } = data;
  const shown = found(fixes, wordsOf(address.q));
  const script = hasCommands(island.plan)
    ? planScriptOf(island.plan ?? [], island.fixes, island)
    : scriptOf(island.fixes, island);
  steps.current = {
    keys: shown.map((item) => item.key),
    reveal: (at) => {
      const row = document.querySelector(`.fix[data-at="${shown[at]?.at ?? -1}"]`);
      row?.scrollIntoView({ block: 'nearest' });
      row?.querySelector<HTMLElement>('a.to')?.focus({ preventScroll: true });
    },
  };
  if (island.omitted.includes('fixes')) return <LeftOut what="The fix list" are={false} />;
  if (fixes.length === 0)
    return (
      <Nothing
        title="No fixes."
        text={
          island.complete
            ? 'Nothing that was compared has a cause that one fix would remove.'
            : 'Nothing that was read has a cause that one fix would remove. Coverage states what was not read.'
        }
      />
    );
  return (
    <>
      <div class="vhead">
        <h2>{countOf(shown.length, fixes.length, 'fix', 'fixes')}</h2>
        <span class="muted">what makes most workloads launchable first</span>
        <div class="end">
          {script.commands > 0 ? (
            <CopyButton
              className="btn"
              label={`Copy ${script.commands === 1 ? '' : 'all '}${count(script.commands, 'command')}`}
              what={count(script.commands, 'command')}
              text={() => script.text}
            />
          ) : null}
        </div>
      </div>
      {island.planText === '' ? null : (
        <p class="muted">
          <code>{island.planCommand}</code> {island.planText}.
        </p>
      )}
      {shown.length === 0 ? <NoMatch what="fix" /> : null}
      {(['blocked', 'unknown', 'degraded', 'none'] as const).map((effect) => (
        <Group key={effect} effect={effect} items={shown.filter((item) => item.of.effect === effect)} />
      ))}
    </>
  );
}

/** A redacted report has the steps without their commands, which could not be run. */
function hasCommands(plan: Island['plan']): boolean {
  return plan?.some(({ commands }) => commands.length > 0) ?? false;
}

function Group({
  effect,
  items,
}: {
  readonly effect: FixVerdict;
  readonly items: readonly Item<IslandFix>[];
}) {
  const [all, setAll] = useState(false);
  if (items.length === 0) return null;
  const shown = all ? items : items.slice(0, SHOWN);
  return (
    <>
      <h3 class="group">
        {effect === 'none' ? null : <VerdictMark of={effect} />}
        <span>{GROUPS[effect]}</span>
        <span class="muted num">{items.length}</span>
      </h3>
      <ol>
        {shown.map((item) => (
          <Fix key={item.key} item={item} />
        ))}
      </ol>
      {shown.length < items.length ? (
        <button type="button" class="btn more" onClick={() => setAll(true)}>
          Show {items.length - shown.length} more
        </button>
      ) : null}
    </>
  );
}

function Fix({ item }: { readonly item: Item<IslandFix> }) {
  const { address } = useStore();
  const open = address.id === item.key;
  const { title, commands, config } = item.of;
  useEffect(() => {
    if (open) document.querySelector(`.fix[data-at="${item.at}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [open, item.at]);
  const how =
    commands.length > 0 ? count(commands.length, 'command') : config === '' ? 'manual' : 'config lines';
  return (
    <li class={open ? 'fix on' : 'fix'} data-at={item.at} data-key={item.key}>
      <div class="fixrow">
        <span class="n">{item.at + 1}</span>
        <a
          class="to"
          role="button"
          aria-expanded={open}
          href={formatAddress({ ...address, id: open ? '' : item.key })}
        >
          <Sentence of={title} />
        </a>
        <span class="cmds">{how}</span>
        <span class="chev">
          <Icon name="right" />
        </span>
        <span class="eff">
          <Effect of={item.of} />
        </span>
      </div>
      {open ? <Body of={item.of} /> : null}
    </li>
  );
}

const UNBLOCKS = {
  blocked: 'Unblocks',
  degraded: 'Improves',
  unknown: 'Decides',
  none: 'Affects',
} as const satisfies Record<FixVerdict, string>;

const NAMED = 4;

function Effect({ of: { effect, workloads, findings, together } }: { readonly of: IslandFix }) {
  const { data } = useStore();
  if (workloads.length === 0) return <>Resolves {count(findings.length, 'finding')}</>;
  return (
    <>
      {UNBLOCKS[effect]}{' '}
      {workloads.slice(0, NAMED).map((at, i) => {
        const workload = data.island.workloads[at];
        return workload ? (
          <span key={at}>
            {i > 0 ? ', ' : ''}
            {data.island.kinds[workload.kind].one} <b>{workload.name}</b>
          </span>
        ) : null;
      })}
      {workloads.length > NAMED ? ` and ${workloads.length - NAMED} more` : ''}
      {together.length > 0
        ? `, together with ${together.length > 1 ? 'fixes' : 'fix'} ${together.join(', ')}`
        : ''}
    </>
  );
}

function Body({ of: fix }: { readonly of: IslandFix }) {
  const { data } = useStore();
  return (
    <div class="fixbody">
      <Section title="What to do">
        <p class="prose">
          <Sentence of={fix.remedy} />
        </p>
        {fix.commands.map((command) => (
          <Command key={command.shell} of={command} />
        ))}
        {fix.config === '' ? null : <ConfigLines of={fix.config} />}
      </Section>
      <div class="two sect">
        <Section title={`Resolves ${count(fix.findings.length, 'finding')}`}>
          {data.island.omitted.includes('findings') ? (
            <p class="muted">The findings are left out of this page.</p>
          ) : null}
          <ul class="items">
            {fix.findings.slice(0, SHOWN_FINDINGS).map((at) => (
              <FindingLink key={at} at={at} withObject />
            ))}
            {fix.findings.length > SHOWN_FINDINGS ? (
              <li>
                <a href={formatAddress({ ...START, view: 'findings' })}>
                  and {fix.findings.length - SHOWN_FINDINGS} more
                </a>
              </li>
            ) : null}
          </ul>
        </Section>
        {fix.workloads.length > 0 ? (
          <Section title={UNBLOCKS[fix.effect]}>
            <WorkloadLinks of={fix.workloads} workloads={data.island.workloads} />
          </Section>
        ) : null}
      </div>
    </div>
  );
}
