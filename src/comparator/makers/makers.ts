import type { Tags } from '../../inventory/tags.ts';
import type { Kind } from '../../report/vocabulary.ts';
import { AWS_MAKERS } from './aws-services.ts';
import { CLUSTER_MAKERS } from './clusters.ts';
import type { Made, Maker } from './maker.ts';

/**
 * Names that services give to what they make for themselves, first match first. Where the service runs on the target it
 * makes its own: these are not created manually. A person may have used such a name too, so texts say "by its name".
 */
const MAKERS: readonly Maker[] = [...CLUSTER_MAKERS, ...AWS_MAKERS];

/** The service that seems to have made the object, by its name; null for what people name. */
export function serviceOf(
  kind: Kind,
  {
    name,
    tags,
    description = '',
  }: { readonly name: string; readonly tags: Tags; readonly description?: string },
): Made | null {
  for (const entry of MAKERS) {
    const hit = (entry.kinds as readonly Kind[]).includes(kind) ? entry.pattern.exec(name) : null;
    const captured = hit?.slice(1) ?? [];
    if (!hit || entry.provenBy?.(tags, captured) === false) continue;
    const parts = entry.identity?.(tags, captured, description) ?? null;
    const known = (parts ?? []).flatMap((part) => part ?? []);
    return {
      maker: entry.maker,
      with: entry.with,
      identity: parts && known.length === parts.length ? [entry.maker, ...known] : null,
      by: entry.by ?? entry.maker,
    };
  }
  return null;
}
