import { checkedSeconds, TIMEOUT_SECONDS } from '../audit/deadline.ts';
import type { SideRequest } from '../audit/reading.ts';
import { endpointFrom, type LiveOptions, roleFrom, type Side } from '../audit/sides.ts';
import type { Config } from '../comparator/config.ts';
import { isRegion } from '../inventory/regions.ts';
import { Unable } from '../inventory/unable.ts';
import {
  FAIL_ON,
  type FailOn,
  PHASES,
  type Phase,
  SCOPES,
  type Scope,
  type SideName,
} from '../report/vocabulary.ts';
import { type Arguments, type Given, oneOf } from './arguments.ts';
import { type LoadedConfig, loadConfig } from './config.ts';

/** Everything that a flag, a variable or the config may say of an audit; where none does, the default of the contract. */
export interface AuditSettings {
  readonly phase: Phase;
  readonly failOn: FailOn;
  /** Absent: all. */
  readonly scopes: readonly Scope[] | undefined;
  /** Absent: `reports/<source>..<target>`. */
  readonly outputDir: string | undefined;
  readonly baseline: Given<string> | undefined;
  /** Whether the file of the baseline may be missing. */
  readonly baselineOptional: boolean;
  /** The most seconds that the reading may take. */
  readonly timeoutSeconds: number;
  readonly config: Config;
  readonly configPath: string | null;
  readonly lineOf: LoadedConfig['lineOf'];
}

/** Precedence: flag, EC2_PARITY_* variable, config, default. All are checked here, before any work. */
export async function auditSettings(args: Arguments): Promise<AuditSettings> {
  return settingsWith(await loadConfig(args.text('config')), args);
}

/** The same with a config that was loaded before. */
export function settingsWith({ config, path, lineOf }: LoadedConfig, args: Arguments): AuditSettings {
  const phase = args.text('phase');
  const failOn = args.text('fail-on');
  return {
    phase: phase ? oneOf(phase, PHASES) : (config.phase ?? 'readiness'),
    failOn: failOnFrom(failOn) ?? config.failOn ?? 'high',
    scopes: scopesFrom(args.text('only')) ?? scopesFrom(fromConfig('only', config.only?.join(','), path)),
    outputDir: args.text('output-dir')?.value ?? config.outputDir,
    timeoutSeconds: timeoutFrom(args, fromConfig('timeout', config.timeout?.toString(), path)),
    baselineOptional: args.flag('baseline-optional'),
    baseline: args.text('baseline') ?? fromConfig('baseline', config.baseline, path),
    config,
    configPath: path,
    lineOf,
  };
}

export function failOnFrom(given: Given<string> | undefined): FailOn | undefined {
  return given ? oneOf(given, FAIL_ON) : undefined;
}

/** `--timeout`, EC2_PARITY_TIMEOUT, the config, or the default. @throws Unable */
export function timeoutFrom(args: Arguments, configured?: Given<string>): number {
  const given = args.text('timeout') ?? configured;
  if (!given) return TIMEOUT_SECONDS;
  return checkedSeconds(/^\d+(\.\d+)?$/.test(given.value) ? Number(given.value) : NaN, given.by, given.value);
}

/** `key-pairs,images`. */
export function scopesFrom(
  given: Given<string> | undefined,
  offered: readonly Scope[] = SCOPES,
): Scope[] | undefined {
  if (!given) return undefined;
  const words = given.value.split(',').map((word) => word.trim());
  const chosen = words.map((word) => oneOf({ ...given, value: word }, offered));
  return SCOPES.filter((scope) => chosen.includes(scope));
}

/** A setting of the config, in the shape of an option. */
function fromConfig(key: string, value: string | undefined, path: string | null): Given<string> | undefined {
  return value === undefined ? undefined : { value, by: `${key} in ${path}`, from: 'config' };
}

/** What the options say of one side: `--source-role-arn` and the like. An option that could not have an effect is an error. */
export function sideRequest(side: Side, name: SideName | null, args: Arguments): SideRequest {
  const prefix = name === null ? '' : `${name}-`;
  const region = args.text(`${prefix}region`);
  const role = args.text(`${prefix}role-arn`);
  const takesRegion = side.form === 'dumps' || side.form === 'listing';
  if (region && !isRegion(region.value))
    throw new Unable(`${region.by} is "${region.value}", which is not a region.`, 'An example is us-east-1.');
  if (region?.from === 'flag' && !takesRegion) {
    throw new Unable(
      `${region.by} is given, but ${side.text} is neither a folder of dumps nor a listing, and has its own region.`,
      `Remove ${region.by}.`,
    );
  }
  if (role?.from === 'flag' && side.form !== 'live') {
    throw new Unable(`${role.by} is given, but ${side.text} is not read from AWS.`, `Remove ${role.by}.`);
  }
  return {
    side,
    regionFlag: `--${prefix}region`,
    ...(region && takesRegion ? { region: region.value } : {}),
    ...(side.form === 'live' ? liveOptions(role, args) : {}),
  };
}

function liveOptions(role: Given<string> | undefined, args: Arguments): LiveOptions {
  const externalId = args.text('external-id');
  const endpointUrl = args.text('endpoint-url');
  return {
    ...(role ? { roleArn: roleFrom(role.value, role.by) } : {}),
    ...(role && externalId ? { externalId: externalId.value } : {}),
    ...(endpointUrl ? { endpointUrl: endpointFrom(endpointUrl.value, endpointUrl.by) } : {}),
  };
}
