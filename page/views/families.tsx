import { useState } from 'preact/hooks';
import type { IslandFamily, IslandImage, IslandVersion } from '../../src/report/view/island/types.ts';
import { wordsOf } from '../filter.ts';
import { LeftOut, NoMatch, Nothing } from '../parts/head.tsx';
import { useStore } from '../state.tsx';
import { countOf } from '../words.ts';

const SHOWN = 200;

/** Image families: the versions of the source, and what the target has of each. */
export function Families() {
  const { data, address, steps } = useStore();
  const { families, source, target } = data.island;
  const [all, setAll] = useState(false);
  const words = wordsOf(address.q);
  const hits = families.filter((family) => {
    const text = familyText(family);
    return words.every((word) => text.includes(word));
  });
  steps.current = { keys: [], reveal: () => undefined };
  if (data.island.omitted.includes('families')) return <LeftOut what="The image families" />;
  if (families.length === 0)
    return <Nothing title="No image families." text="No image of the source has versions to compare." />;
  const shown = all ? hits : hits.slice(0, SHOWN);
  return (
    <>
      <div class="vhead">
        <h2>{countOf(hits.length, families.length, 'image family', 'image families')}</h2>
        <span class="muted">
          versions in {source.heading} and their copies in {target.heading}, newest first
        </span>
      </div>
      {hits.length === 0 ? (
        <NoMatch what="family" />
      ) : (
        <div class="fams">
          <div class="ver fh" aria-hidden="true">
            <div>{source.heading}</div>
            <span />
            <div>{target.heading}</div>
          </div>
          {shown.map((family, i) => (
            <Family key={i} of={family} />
          ))}
        </div>
      )}
      {shown.length < hits.length ? (
        <button type="button" class="btn more" onClick={() => setAll(true)}>
          Show {hits.length - shown.length} more
        </button>
      ) : null}
    </>
  );
}

export function familyText({ name, versions }: IslandFamily): string {
  return [name, ...versions.flatMap((v) => [v.source, v.target].flatMap((i) => (i ? [i.name, i.id] : [])))]
    .join(' ')
    .toLowerCase();
}

function Family({ of: family }: { readonly of: IslandFamily }) {
  return (
    <section class="fam">
      <header>
        <h3>
          <bdi>{family.name}</bdi>
        </h3>
        <span class="muted">{family.architecture}</span>
        {family.behind === '' ? null : <span class="late">{family.behind}</span>}
        <span class="muted">{family.grouped}</span>
      </header>
      {family.versions.map((version, i) => (
        <Version key={i} of={version} />
      ))}
      {family.more === '' ? null : <p class="rest">{family.more}</p>}
    </section>
  );
}

const CLASSES = {
  copy: '',
  name: '',
  'no-copy': 'bad',
  none: 'hole',
  extra: '',
} as const satisfies Record<IslandVersion['link'], string>;

function Version({ of: { source, target, how, link } }: { readonly of: IslandVersion }) {
  const good = link === 'copy' && target?.state === '';
  return (
    <div class={`ver ${CLASSES[link]}`}>
      <div>{source === null ? <div class="muted">no image on the source</div> : <Image of={source} />}</div>
      <svg class="link" viewBox="0 0 88 24" aria-hidden="true">
        {source ? <circle class="dot" cx="8" cy="12" r="5" /> : null}
        {source && target ? (
          <path d="M17 12H70" stroke-dasharray={link === 'copy' ? undefined : '3 3'} />
        ) : null}
        {target ? (
          <rect class={good ? 'sq' : 'sq faint'} x="74" y="7" width="10" height="10" rx="2" />
        ) : (
          <rect class="hole" x="74" y="7" width="10" height="10" rx="2" stroke-dasharray="2.5 2" />
        )}
        {link === 'no-copy' ? <path class="cross" d="M38 7l10 10M48 7L38 17" /> : null}
      </svg>
      <div class="t">
        {target === null ? (
          <div class="v-degraded">{how}</div>
        ) : (
          <Image of={target} note={how} calm={link === 'copy'} />
        )}
      </div>
    </div>
  );
}

function Image({
  of: { name, id, created, state },
  note = '',
  calm = true,
}: {
  readonly of: IslandImage;
  readonly note?: string;
  readonly calm?: boolean;
}) {
  return (
    <>
      <div>
        <bdi>{name}</bdi> <span class={calm ? 'muted' : 'v-degraded'}>{note}</span>
        {state === '' ? null : <b class="v-blocked"> {state}</b>}
      </div>
      <div class="muted">
        {created} <span class="mono">{id}</span>
      </div>
    </>
  );
}
