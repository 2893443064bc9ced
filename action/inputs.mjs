// The inputs of the action, checked before anything runs. They come as INPUT_* variables and never as a part of a script:
// a name that holds a quote or a `$(…)` is a name.

export const PHASES = ['readiness', 'verification', 'drift'];
export const FAIL_ON = ['critical', 'high', 'medium', 'low', 'info', 'none'];
const FORMATS = ['html', 'md', 'json', 'sarif', 'junit', 'csv', 'slack', 'asff'];
const SEMVER = /^\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?$/;

/** A value of an input that cannot be used. The message names the input. */
export class WrongInput extends Error {}

/**
 * @param {Record<string, string | undefined>} env
 * @param {string} ownVersion The version that the action was written for.
 */
export function readInputs(env, ownVersion) {
  const text = (name) => (env[`INPUT_${name.toUpperCase().replaceAll('-', '_')}`] ?? '').trim();
  const oneOf = (name, words, otherwise) => {
    const value = text(name) || otherwise;
    if (!words.includes(value)) throw new WrongInput(`${name} is "${value}": it takes ${words.join(', ')}.`);
    return value;
  };
  const flag = (name, otherwise) => oneOf(name, ['true', 'false'], otherwise) === 'true';
  const plain = (name) => {
    const value = text(name);
    if (/[\r\n\0]/.test(value)) throw new WrongInput(`${name} has a line break.`);
    return value;
  };
  const side = (name) => {
    const value = plain(name);
    if (value === '')
      throw new WrongInput(`${name} is empty: a region, a snapshot file or a folder of dumps.`);
    if (value.startsWith('-')) throw new WrongInput(`${name} is "${value}": a side does not begin with "-".`);
    return value;
  };
  const lines = (name) =>
    text(name)
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
  const formats = (text('formats') || 'html,md,json').split(/[\s,]+/).filter((word) => word !== '');
  for (const format of formats)
    if (!FORMATS.includes(format))
      throw new WrongInput(`formats names "${format}": the formats are ${FORMATS.join(', ')}.`);
  const annotations = text('annotations') || '10';
  if (!/^\d{1,2}$/.test(annotations))
    throw new WrongInput(`annotations is "${annotations}": a number from 0 to 99.`);
  const version = text('version');
  if (version !== '' && version !== 'latest' && !SEMVER.test(version))
    throw new WrongInput(`version is "${version}": it takes a version, such as ${ownVersion}, or latest.`);
  return {
    source: side('source'),
    target: side('target'),
    phase: oneOf('phase', PHASES, 'readiness'),
    failOn: oneOf('fail-on', FAIL_ON, 'high'),
    config: plain('config'),
    baseline: plain('baseline'),
    history: plain('history'),
    only: plain('only'),
    templates: lines('template'),
    publicKeys: lines('public-keys'),
    sourceRegion: plain('source-region'),
    targetRegion: plain('target-region'),
    sourceRoleArn: plain('source-role-arn'),
    targetRoleArn: plain('target-role-arn'),
    externalId: plain('external-id'),
    redact: flag('redact', 'false'),
    formats,
    outputDir: plain('output-dir') || 'ec2-parity-reports',
    uploadSarif: flag('upload-sarif', 'false'),
    comment: flag('comment', 'false'),
    summary: flag('summary', 'true'),
    annotations: Number(annotations),
    version,
  };
}

/** Options of `audit`; every value is in one word with its option, so that none can be taken for an option. */
export function auditOptions(inputs) {
  const given = [
    ['phase', inputs.phase],
    ['fail-on', inputs.failOn],
    ['config', inputs.config],
    ['baseline', inputs.baseline],
    ['history', inputs.history],
    ['only', inputs.only],
    ...inputs.templates.map((file) => ['template', file]),
    ...inputs.publicKeys.map((file) => ['public-keys', file]),
    ['source-region', inputs.sourceRegion],
    ['target-region', inputs.targetRegion],
    ['source-role-arn', inputs.sourceRoleArn],
    ['target-role-arn', inputs.targetRoleArn],
    ['external-id', inputs.externalId],
  ];
  return [
    ...given.filter(([, value]) => value !== '').map(([name, value]) => `--${name}=${value}`),
    // The first night has none; from the second on it is there, or the job that keeps it says why not.
    ...(inputs.baseline === '' ? [] : ['--baseline-optional']),
    ...(inputs.redact ? ['--redact'] : []),
  ];
}
