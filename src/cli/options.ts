import { TIMEOUT_SECONDS } from '../audit/deadline.ts';
import { FORMATS } from '../audit/formats.ts';
import { BUDGET_GIB } from '../audit/verify-content.ts';
import { REGIONS } from '../inventory/regions.ts';
import { FAIL_ON, PHASES, SCOPES } from '../report/vocabulary.ts';
import type { OptionSpec, Options, PositionalSpec } from './command.ts';

/** A side, where a command takes one: the second of two is described by the first. */
export const SIDE: PositionalSpec = {
  required: true,
  words: REGIONS,
  describe:
    'A region (us-east-1, us-east-1@profile), a snapshot file, a folder of AWS CLI dumps or a listing',
};

/** On every command. */
export const COMMON: Options = {
  quiet: {
    type: 'flag',
    alias: 'q',
    describe: 'Nothing but errors; files, and what -o sends to stdout, are still written',
  },
  verbose: { type: 'flag', describe: 'More detail; a stack with every error' },
  'no-color': { type: 'flag', describe: 'No colour (NO_COLOR and FORCE_COLOR are honoured too)' },
};

export const phase: OptionSpec = {
  type: 'text',
  choices: PHASES,
  otherwise: 'readiness',
  describe: 'What the audit is for; decides the severities',
};

export const failOn: OptionSpec = {
  type: 'text',
  choices: FAIL_ON,
  otherwise: 'high',
  describe: 'The lowest severity that makes exit code 1',
};

export const only: OptionSpec = {
  type: 'text',
  words: SCOPES,
  otherwise: 'all',
  describe: `Kinds, separated by commas: ${SCOPES.join(', ')}`,
};

export const output: OptionSpec = {
  type: 'list',
  words: FORMATS,
  alias: 'o',
  describe: `FORMAT[=PATH], repeatable: ${FORMATS.join(', ')}; without PATH to stdout`,
};

export const limit: OptionSpec = {
  type: 'list',
  describe:
    'FORMAT=BYTES, repeatable: the most that md and html may have; whole sections are left out, with a line that names them',
};

export const redact: OptionSpec = {
  type: 'flag',
  describe:
    'Names, ids, accounts, addresses and keys as pseudonyms, the same in every format, so that the report can be shared',
};

export const full: OptionSpec = {
  type: 'flag',
  describe: 'The terminal report with every finding in full; the default is the short one',
};

export const open: OptionSpec = {
  type: 'flag',
  describe: 'Open the HTML report afterwards; not where CI is set or there is no terminal',
};

export const endpointUrl: OptionSpec = {
  type: 'text',
  describe: 'A local EC2-compatible endpoint (AWS_ENDPOINT_URL and AWS_ENDPOINT_URL_EC2 are honoured too)',
};

export const externalId: OptionSpec = {
  type: 'text',
  describe: 'The external id that an assumed role requires',
};

/** What `audit` takes to look into images, and not only at them. */
export const CONTENT: Options = {
  'verify-content': {
    type: 'text',
    describe:
      'N or all: compare so many blocks of each volume of paired images, or all; AWS charges for reading them',
  },
  'verify-budget': {
    type: 'text',
    otherwise: String(BUDGET_GIB),
    describe: 'GiB of blocks that --verify-content reads at most, both sides together',
  },
};

/** On every command that reads AWS. */
export const timeout: OptionSpec = {
  type: 'text',
  otherwise: String(TIMEOUT_SECONDS),
  describe: 'The most seconds that the reading may take in all; what was not read by then is a gap',
};

/** What a command takes that reads one side. */
export const ONE_SIDE: Options = {
  timeout,
  'role-arn': { type: 'text', describe: 'A role to assume' },
  'external-id': externalId,
  'endpoint-url': endpointUrl,
  region: { type: 'text', describe: 'The region of a folder of dumps or of a listing' },
};

export const config: OptionSpec = {
  type: 'text',
  otherwise: 'ec2-parity.config.yaml or .json in the current folder',
  describe: 'Names, VPCs and address ranges of the other side; default options',
};

/** What a command takes that reads a source and a target. */
export const TWO_SIDES: Options = {
  timeout,
  config,
  'source-role-arn': { type: 'text', describe: 'A role to assume on the source' },
  'target-role-arn': { type: 'text', describe: 'A role to assume on the target' },
  'external-id': externalId,
  'endpoint-url': endpointUrl,
  'source-region': { type: 'text', describe: 'The region of a folder of dumps or of a listing' },
  'target-region': { type: 'text', describe: 'The region of a folder of dumps or of a listing' },
};

/** What a plan may do beyond what it does by default. */
export const PLAN: Options = {
  findings: {
    type: 'list',
    describe: 'FINGERPRINT, repeatable: plan only for these findings, and for what their steps need',
  },
  'allow-revoke': {
    type: 'flag',
    describe: 'The plan may revoke rules and remove prefix list entries that only the target has',
  },
  'allow-world-open': {
    type: 'flag',
    describe: 'The plan may authorize rules that open a group to any address, as on the source',
  },
};
