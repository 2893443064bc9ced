import type { ComponentChildren } from 'preact';

export function Section({
  title,
  children,
}: {
  /** Empty for none. */
  readonly title: string;
  readonly children: ComponentChildren;
}) {
  return (
    <section class="sect">
      {title === '' ? null : <h3>{title}</h3>}
      {children}
    </section>
  );
}
