import type { ComponentChild } from 'preact';
import type { IslandFinding, IslandWorkload } from '../../src/report/view/island/types.ts';
import { formatAddress, START } from '../address.ts';
import type { Item } from '../data.ts';
import { useStore } from '../state.tsx';
import { ACTIVE, count } from '../words.ts';
import { Command, ConfigLines, CopyButton } from './command.tsx';
import { SideBySide } from './comparison.tsx';
import { Section } from './section.tsx';
import { Sentence, SeverityMark, VerdictMark } from './words.tsx';

const SHOWN_USERS = 6;

/** Everything about one finding, the same in the pane and below a row. */
export function FindingDetail({ of: item }: { readonly of: Item<IslandFinding> }) {
  const { data } = useStore();
  const { island } = data;
  const finding = item.of;
  const detail = data.details.finding(item.at);
  const rule = island.rules[finding.rule];
  const object = island.objects[finding.object];
  const comparison = data.details.compared(finding.object);
  const notes = [
    ...(finding.status === 'new' ? [] : [`Status: ${finding.status}.`]),
    ...(detail?.notes ?? []),
  ];
  return (
    <>
      <div class="phead">
        <SeverityMark of={finding.severity} />
        <code class="muted rid">{rule?.id}</code>
        <CopyButton
          className="btn quiet sm"
          label="Copy link"
          what="the link"
          text={() =>
            `${location.href.split('#')[0]}${formatAddress({ ...START, view: 'findings', id: item.key })}`
          }
        />
      </div>
      <h3 class="ptitle">{rule?.title}</h3>
      <p class="pobj">
        {object ? (
          <a href={formatAddress({ ...START, view: 'objects', id: data.objects[finding.object]?.key ?? '' })}>
            <bdi>{finding.name}</bdi>
          </a>
        ) : (
          <bdi>{finding.name}</bdi>
        )}{' '}
        {island.kinds[finding.kind].one}
        {finding.scope === '' ? '' : `, VPC ${finding.scope}`}
      </p>
      {notes.length > 0 ? <p class="muted notes">{notes.join(' ')}</p> : null}
      {detail ? (
        <p class="prose msg">
          <Sentence of={detail.message} />
        </p>
      ) : (
        <p class="muted">
          The message, the remedy and the commands are left out of this page: it was limited in size.
          report.json has them.
        </p>
      )}
      {detail?.changes.map((change) => (
        <Section key={`${change.region} ${change.id}`} title={`What changed in ${change.region}`}>
          <p class="muted mono">{change.id}</p>
          <ul class="changes">
            {change.rows.map(({ when, text }) => (
              <li key={`${when} ${text}`}>
                <span class="muted">{when}</span> <code>{text}</code>
              </li>
            ))}
          </ul>
          {change.more === '' ? null : <p class="muted">{change.more}</p>}
        </Section>
      ))}
      {object && comparison ? (
        <Section title={object.source && object.target ? 'Side by side' : `In ${sideOf(data, object)}`}>
          <SideBySide object={object} comparison={comparison} only={directionOf(finding)} />
        </Section>
      ) : null}
      <Section title="What to do">
        <p class="prose">
          <Sentence of={detail?.remedy ?? ''} />
        </p>
        {detail?.commands.map((command) => (
          <Command key={command.shell} of={command} />
        ))}
        {detail && detail.config !== '' ? <ConfigLines of={detail.config} /> : null}
        {finding.fix >= 0 ? (
          <p class="muted part">
            Part of{' '}
            <a href={formatAddress({ ...START, view: 'fixes', id: data.fixes[finding.fix]?.key ?? '' })}>
              fix {finding.fix + 1}
            </a>
            .
          </p>
        ) : null}
      </Section>
      <Affected of={finding} />
      <Users item={item} />
      {rule && (rule.why !== '' || rule.links.length > 0) ? (
        <Section title="Why it matters">
          <p class="prose">{rule.why}</p>
          {rule.links.length > 0 ? (
            <ul class="items">
              {rule.links.map(({ href, text }) => (
                <li key={href}>
                  <a href={href} rel="noreferrer noopener" target="_blank">
                    {text.replace(/^docs\.aws\.amazon\.com\//, '').replace(/\.html$/, '')}
                  </a>
                </li>
              ))}
            </ul>
          ) : null}
        </Section>
      ) : null}
      <Section title="">
        <details>
          <summary>Fingerprint, ids and facts</summary>
          <dl class="ids">
            <dt>Fingerprint</dt>
            <dd class="mono">{finding.fingerprint}</dd>
            <ObjectId heading={island.source.heading} id={detail?.sourceId ?? ''} />
            <ObjectId heading={island.target.heading} id={detail?.targetId ?? ''} />
          </dl>
          {detail && detail.facts !== '' ? (
            <pre class="json" tabIndex={0} role="group" aria-label="Facts as JSON">
              {detail.facts}
            </pre>
          ) : island.omitted.includes('facts') ? (
            <p class="muted">
              The facts are left out of this page: it was limited in size. report.json has them.
            </p>
          ) : null}
        </details>
      </Section>
    </>
  );
}

function ObjectId({ heading, id }: { readonly heading: string; readonly id: string }) {
  return id === '' ? null : (
    <>
      <dt>{heading}</dt>
      <dd class="mono">{id}</dd>
    </>
  );
}

function sideOf(
  data: ReturnType<typeof useStore>['data'],
  object: { readonly source: unknown; readonly target: unknown },
): string {
  return object.source ? data.island.source.heading : data.island.target.heading;
}

/** A finding about one direction shows the rules of that direction. */
function directionOf({ gist }: IslandFinding): string {
  return gist.startsWith('ingress ') ? 'Ingress' : gist.startsWith('egress ') ? 'Egress' : '';
}

/** Workloads that it blocks or degrades. */
function Affected({ of: finding }: { readonly of: IslandFinding }) {
  const { data } = useStore();
  if (finding.workloads.length === 0) return null;
  return (
    <Section title="Affects">
      <WorkloadLinks of={finding.workloads} workloads={data.island.workloads} />
    </Section>
  );
}

export function WorkloadLinks({
  of,
  workloads,
}: {
  readonly of: readonly number[];
  readonly workloads: readonly IslandWorkload[];
}) {
  const { data } = useStore();
  const rows = of.map((at) => {
    const workload = workloads[at];
    return workload ? (
      <li key={at}>
        <VerdictMark of={workload.verdict} />
        <a href={formatAddress({ ...START, view: 'workloads', id: data.workloads[at]?.key ?? '' })}>
          <bdi>{workload.name}</bdi>
        </a>
        <span class="muted">{data.island.kinds[workload.kind].one}</span>
      </li>
    ) : null;
  });
  return <Folded rows={rows} />;
}

function Users({ item }: { readonly item: Item<IslandFinding> }) {
  const { data } = useStore();
  const detail = data.details.finding(item.at);
  if (!detail || detail.users.length === 0) return null;
  const rows = detail.users.map(({ kind, name, side }) => (
    <li key={`${kind} ${name} ${side}`}>
      <span class="dot" />
      <span>
        <bdi>{name}</bdi>
      </span>
      <span class="muted">
        {kind}
        {side === 'source' ? '' : `, ${side}`}
      </span>
    </li>
  ));
  return (
    <Section title="Used by">
      <Folded rows={rows} />
      {detail.moreUsers > 0 ? (
        <p class="muted">and {count(detail.moreUsers, 'more user')}, in report.json</p>
      ) : null}
    </Section>
  );
}

/** A few at once, the others on demand. */
function Folded({ rows }: { readonly rows: readonly ComponentChild[] }) {
  if (rows.length <= SHOWN_USERS) return <ul class="items">{rows}</ul>;
  return (
    <>
      <ul class="items">{rows.slice(0, SHOWN_USERS - 1)}</ul>
      <details>
        <summary>{rows.length - SHOWN_USERS + 1} more</summary>
        <ul class="items">{rows.slice(SHOWN_USERS - 1)}</ul>
      </details>
    </>
  );
}

/** One line that links to a finding. */
export function FindingLink({ at, withObject }: { readonly at: number; readonly withObject: boolean }) {
  const { data } = useStore();
  const item = data.findings[at];
  if (!item) return null;
  const { severity, name, kind, gist, rule, status } = item.of;
  return (
    <li>
      <SeverityMark of={severity} />
      <a href={formatAddress({ ...START, view: 'findings', id: item.key })}>
        {data.island.rules[rule]?.title}
      </a>
      <span class="muted">
        {withObject ? `${data.island.kinds[kind].one} ${name}` : gist}
        {ACTIVE.includes(status) ? '' : ` (${status})`}
      </span>
    </li>
  );
}
