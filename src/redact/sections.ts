import type { Report } from '../report/model.ts';
import { nullable } from './nullable.ts';
import type { Redactor } from './redactor.ts';

/** How objects were paired, with pseudonyms. */
export function redactedMapping(
  { vpcs, cidrs, names }: NonNullable<Report['mapping']>,
  r: Redactor,
): NonNullable<Report['mapping']> {
  const end = (of: { id: string; name: string | null } | null) =>
    of === null ? null : { id: r.data(of.id), name: nullable(of.name, (text) => r.data(text)) };
  return {
    vpcs: vpcs.map(({ source, target, matchedBy }) => ({
      source: end(source),
      target: end(target),
      matchedBy: nullable(matchedBy, (text) => r.sentence(text)),
    })),
    cidrs: cidrs.map(({ from, to, rules }) => ({ from: r.peer(from), to: r.peer(to), rules })),
    names: names.map(({ kind, from, to }) => ({ kind, from: r.data(from), to: r.data(to) })),
  };
}

/** What comparing the blocks of images found, with pseudonyms. */
export function redactedContent(
  content: NonNullable<Report['content']>,
  r: Redactor,
): NonNullable<Report['content']> {
  const id = (text: string | null) => nullable(text, (value) => r.data(value));
  return {
    ...content,
    images: content.images.map((image) => ({
      ...image,
      name: r.data(image.name),
      source: r.data(image.source),
      target: r.data(image.target),
      devices: image.devices.map((device) => ({
        ...device,
        device: r.data(device.device),
        snapshots: { source: id(device.snapshots.source), target: id(device.snapshots.target) },
        failures: device.failures.map((f) => ({
          ...f,
          message: r.remark(f.message),
          hint: r.remark(f.hint),
        })),
      })),
    })),
  };
}

/** The versions of one image family, with pseudonyms. */
export function redactedLineage(
  lineage: NonNullable<Report['lineages']>[number],
  r: Redactor,
): NonNullable<Report['lineages']>[number] {
  const image = <I extends { id: string; name: string; state: string }>(of: I): I => ({
    ...of,
    id: r.data(of.id),
    name: r.data(of.name),
    state: r.term(of.state),
  });
  return {
    ...lineage,
    family: r.data(lineage.family),
    architecture: nullable(lineage.architecture, (text) => r.term(text)),
    by: r.sentence(lineage.by),
    versions: lineage.versions.map((version) => ({
      ...image(version),
      copy:
        version.copy === null
          ? null
          : {
              ...image(version.copy),
              region: r.names.region(version.copy.region),
              matchedBy: r.sentence(version.copy.matchedBy),
            },
    })),
    extraCopies: lineage.extraCopies.map((copy) => ({
      ...image(copy),
      region: r.names.region(copy.region),
      copyOf: nullable(copy.copyOf, (text) => r.data(text)),
      copyOfRegion: nullable(copy.copyOfRegion, (text) => r.names.region(text)),
    })),
  };
}
