import type { Severity, State, WorkloadVerdict } from '../../src/report/vocabulary.ts';
import { capital, STATE_WORDS, shortened } from '../words.ts';
import { Icon } from './icons.tsx';

/** A shape, a colour and a word. */
export function SeverityMark({ of }: { readonly of: Severity }) {
  return <span class={`sev ${of}`}>{capital(of)}</span>;
}

export function StateMark({ of }: { readonly of: State }) {
  const [mark, word] = STATE_WORDS[of];
  return (
    <span class={`state ${of}`}>
      <i aria-hidden="true">{mark}</i>
      {word}
    </span>
  );
}

export function VerdictMark({ of }: { readonly of: WorkloadVerdict }) {
  return (
    <span class={`v-${of}`}>
      <Icon name={of} label={of} />
    </span>
  );
}

/** An id, shortened where it is long; the whole is in the title. */
export function Id({ of }: { readonly of: string }) {
  const text = shortened(of);
  return text === of ? <bdi>{of}</bdi> : <bdi title={of}>{text}</bdi>;
}

/** A sentence whose long tokens are shortened. */
export function Sentence({ of }: { readonly of: string }) {
  return (
    <>{of.split(/([^\s()"]{40,})/).map((part, i) => (i % 2 === 1 ? <Id key={part} of={part} /> : part))}</>
  );
}
