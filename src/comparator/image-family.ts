import type { Image } from '../inventory/image.ts';

// Only what can hardly be anything but a date, a time or a version: a name that merely holds a number stays as it is.
const VARYING: readonly RegExp[] = [
  /\d{4}-\d{2}-\d{2}[T ._-]?\d{2}[.:_-]?\d{2}(?:[.:_-]?\d{2}(?:\.\d+)?)?Z?/g, // 2026-11-01T10-30-00.123Z
  /\d{4}([._-])\d{2}\1\d{2}/g, // 2026-11-01, 2026.11.01
  /(?<!\d)20\d{6}(?:[T._-]?\d{4,6}Z?)?(?!\d)/g, // 20261101, 20261101103000, 20261101-1030
  /(?<!\d)20\d{2}[._-](?:0[1-9]|1[0-2])(?!\d)/g, // 2026-11
  /(?<!\d)1[5-9]\d{8}(?:\d{3})?(?!\d)/g, // epoch seconds or milliseconds, 2017 to 2033
  /(?<![A-Za-z0-9])v?\d+\.\d+(?:\.\d+){0,2}(?:-(?:alpha|beta|rc)\.?\d*)?(?![A-Za-z0-9])/g, // v1.2.3, 2.0.20231116.0
  /(?<![A-Za-z0-9])(?:v|b|build-?|r)\d+(?![A-Za-z0-9])/g, // v7, build-42
];

/**
 * The name with dates, times and versions taken out; null where nothing was taken out, since names are unique and such
 * an image has no family by name. A guess: findings that rest on it say so.
 */
export function familyByName(name: string): string | null {
  const stripped = VARYING.reduce((text, pattern) => text.replace(pattern, '*'), name);
  return stripped === name || !/[A-Za-z]/.test(stripped.replaceAll('*', '')) ? null : stripped;
}

/** Images of one family are of one architecture: an arm64 build is no newer version of an x86_64 one. */
export function familyKey(image: Image): string | null {
  const family = image.name === null ? null : familyByName(image.name);
  return family === null ? null : `${family} ${image.architecture ?? ''}`;
}
