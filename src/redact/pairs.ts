import type { Pair } from '../report/model.ts';
import { nullable } from './nullable.ts';
import type { Redactor } from './redactor.ts';

/** A pair, and what was compared of it, with pseudonyms. */
export function redactedPair(pair: Pair, r: Redactor): Pair {
  r.begin();
  const end = (of: Pair['source']) =>
    of === null
      ? null
      : {
          id: r.data(of.id),
          name: r.name(of.name),
          ...(of.key === undefined ? {} : { key: of.key === null ? null : r.data(of.key) }),
        };
  const { compared, vpc, ...rest } = pair;
  const name = r.name(pair.name);
  const scope = nullable(pair.scope, (text) => r.name(text));
  const [source, target] = [end(pair.source), end(pair.target)];
  return {
    ...rest,
    name,
    scope,
    ...(vpc === undefined ? {} : { vpc: r.remark(vpc) }),
    source,
    target,
    matchedBy: nullable(pair.matchedBy, (text) => r.sentence(text)),
    findings: pair.findings.map((fingerprint) => r.digest(fingerprint)),
    ...(compared ? { compared: redactedCompared(pair.kind, compared, r) } : {}),
  };
}

function redactedCompared(
  kind: Pair['kind'],
  { rows, fields }: NonNullable<Pair['compared']>,
  r: Redactor,
): NonNullable<Pair['compared']> {
  // A template names its parameters and resources as its author does.
  const isData = (name: string) =>
    (kind === 'stack' && name !== 'status') || /^(?:tag|tags|parameter)[ .]/.test(name);
  const value = (name: string, text: string) => (isData(name) ? r.data(text) : r.field(name, text));
  return {
    ...(rows
      ? {
          rows: rows.map((row) => ({
            ...row,
            protocol: r.term(row.protocol),
            ports: r.term(row.ports),
            peer: r.peer(row.peer),
            ...(row.via === undefined ? {} : { via: r.data(row.via) }),
          })),
        }
      : {}),
    ...(fields
      ? {
          fields: fields.map((field) => ({
            ...field,
            name: isData(field.name) ? r.free(field.name) : r.label(field.name),
            source: nullable(field.source, (text) => value(field.name, text)),
            target: nullable(field.target, (text) => value(field.name, text)),
          })),
        }
      : {}),
  };
}
