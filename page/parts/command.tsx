import { Fragment } from 'preact';
import type { IslandCommand } from '../../src/report/view/island/types.ts';
import { copyText } from '../copy.ts';
import { useStore } from '../state.tsx';
import { Icon } from './icons.tsx';

export function CopyButton({
  text,
  what,
  label,
  className = 'btn sm',
}: {
  readonly text: () => string;
  /** What was copied, for the message. */
  readonly what: string;
  readonly label: string;
  readonly className?: string;
}) {
  const { say } = useStore();
  const copy = async () => {
    say((await copyText(text())) ? `Copied ${what}` : 'Could not copy: select the text instead');
  };
  return (
    <button type="button" class={className} onClick={copy}>
      <Icon name="copy" />
      {label}
    </button>
  );
}

/** A command in a separate block: what is copied is the one line, even if the block wraps it. */
export function Command({ of }: { readonly of: IslandCommand }) {
  const { data } = useStore();
  const { does, shell, side } = of;
  return (
    <figure class="cmd">
      <figcaption>
        <span>
          {does === '' ? '' : `${does} · `}in <b>{data.island[side].region}</b>
        </span>
        <CopyButton text={() => shell} what="the command" label="Copy" />
      </figcaption>
      <pre tabIndex={0} role="group" aria-label={does === '' ? 'Command' : `Command: ${does}`}>
        <code>
          <Tokens of={shell} />
        </code>
      </pre>
    </figure>
  );
}

export function ConfigLines({ of }: { readonly of: string }) {
  return (
    <figure class="cmd">
      <figcaption>
        <span>
          In <b>ec2-parity.config.yaml</b>
        </span>
        <CopyButton text={() => of} what="the lines for the config" label="Copy" />
      </figcaption>
      <pre tabIndex={0} role="group" aria-label="Lines for the config">
        <code>{of}</code>
      </pre>
    </figure>
  );
}

/** Words of up to 60 characters are not broken. */
function Tokens({ of }: { readonly of: string }) {
  return (
    <>
      {of.split(' ').map((word, i) => (
        <Fragment key={i}>
          {i > 0 ? ' ' : ''}
          {word.length > 60 ? word : <span class="tok">{word}</span>}
        </Fragment>
      ))}
    </>
  );
}
