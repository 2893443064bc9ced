import type { ComponentChildren } from 'preact';
import type { IslandGap } from '../../src/report/view/island/types.ts';
import { Command } from '../parts/command.tsx';
import { LeftOut } from '../parts/head.tsx';
import { useStore } from '../state.tsx';
import { capital, count } from '../words.ts';

/** What the verdicts are based on: what was read, when, and what was not. */
export function Coverage() {
  const { data, steps } = useStore();
  const { coverage, source, target } = data.island;
  steps.current = { keys: [], reveal: () => undefined };
  const sides = [source, target];
  if (data.island.omitted.includes('coverage')) return <LeftOut what="The coverage" are={false} />;
  return (
    <div class="cov">
      <div>
        <h3>What was read</h3>
        <Table label="What was read" head={['Kind', source.heading, target.heading]} right>
          {coverage.counts.map(({ label, source: a, target: b }) => (
            <tr key={label}>
              <td>{label}</td>
              <td class="r">{a}</td>
              <td class="r">{b}</td>
            </tr>
          ))}
          <tr>
            <td class="muted">Read</td>
            {sides.map((side, i) => (
              <td key={i} class="r muted">
                {side.takenAt}
              </td>
            ))}
          </tr>
          <tr>
            <td class="muted">From</td>
            {sides.map((side, i) => (
              <td key={i} class="r muted">
                {side.origin}
              </td>
            ))}
          </tr>
          <tr>
            <td class="muted">Account</td>
            {sides.map((side, i) => (
              <td key={i} class="r muted">
                {side.account}
              </td>
            ))}
          </tr>
        </Table>
        {coverage.mapping.length > 0 ? (
          <>
            <h3>What was paired before anything was compared</h3>
            <Table
              label="VPCs, address ranges and names that were paired"
              head={['What', source.heading, target.heading, 'By']}
            >
              {coverage.mapping.map((row) => (
                <tr key={`${row.what} ${row.source} ${row.target}`}>
                  <td>{row.what}</td>
                  <td>
                    <bdi>{row.source}</bdi>
                  </td>
                  <td>
                    <bdi>{row.target}</bdi>
                  </td>
                  <td class="muted">{row.by}</td>
                </tr>
              ))}
            </Table>
          </>
        ) : null}
        {coverage.content.lead === '' ? null : (
          <>
            <h3>Content of images</h3>
            <p class="prose">{coverage.content.lead}</p>
            <Table label="Compared content" head={['Content', 'Image', 'What was done']}>
              {coverage.content.rows.map((row, i) => (
                <tr key={i}>
                  <td>{row.label}</td>
                  <td>
                    <bdi>{row.name}</bdi>
                  </td>
                  <td>{row.said}</td>
                </tr>
              ))}
            </Table>
          </>
        )}
      </div>
      <div>
        <h3>What could not be read</h3>
        {coverage.gaps.length === 0 ? (
          <p class="muted">
            {data.island.complete ? 'Nothing: every read succeeded.' : 'The report does not state what.'}
          </p>
        ) : (
          <Gaps of={coverage.gaps} label="What could not be read" />
        )}
        <h3>What was not looked at</h3>
        {coverage.notLookedAt.length === 0 ? (
          <p class="muted">The report lists nothing.</p>
        ) : (
          <Table label="What was not looked at" head={['What', 'Why']}>
            {coverage.notLookedAt.map(({ side, what, because }) => (
              <tr key={`${side} ${because}`}>
                <td>
                  {what.map((one) => (
                    <div key={one}>{capital(one)}</div>
                  ))}
                </td>
                <td class="muted">
                  {data.island[side].heading}: {because}
                </td>
              </tr>
            ))}
          </Table>
        )}
        {coverage.limits.length > 0 ? (
          <>
            <h3>{capital(count(coverage.limits.length, 'stated limit'))}</h3>
            <Gaps of={coverage.limits} label="Stated limits" />
          </>
        ) : null}
        <h3>This run</h3>
        <dl class="ids">
          {coverage.run.map(({ label, value }) => (
            <Entry key={label} label={label} value={value} />
          ))}
        </dl>
      </div>
    </div>
  );
}

function Entry({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </>
  );
}

function Gaps({ of, label }: { readonly of: readonly IslandGap[]; readonly label: string }) {
  const { data } = useStore();
  return (
    <Table label={label} head={['What', 'Why']}>
      {of.map((gap) => (
        <tr key={`${gap.side} ${gap.kind} ${gap.message}`}>
          <td>
            <b>{gap.kind}</b>
            <div class="muted">
              {data.island[gap.side].heading}, {gap.code}
            </div>
          </td>
          <td>
            {gap.message}
            <div class="muted">{gap.hint}</div>
            {gap.commands.map((command) => (
              <Command key={command.shell} of={command} />
            ))}
          </td>
        </tr>
      ))}
    </Table>
  );
}

function Table({
  label,
  head,
  right = false,
  children,
}: {
  readonly label: string;
  readonly head: readonly string[];
  readonly right?: boolean;
  readonly children: ComponentChildren;
}) {
  return (
    <table>
      <caption class="sr">{label}</caption>
      <thead>
        <tr>
          {head.map((text, i) => (
            <th key={i} scope="col" class={right && i > 0 ? 'r' : ''}>
              {text}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}
