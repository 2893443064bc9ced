import type { RuleFacts, RuleId } from '../report/rules/index.ts';
import type { Facts, Json } from '../report/rules/shared.ts';
import type { Redactor } from './redactor.ts';

type DeepKeys<T> = T extends readonly (infer Item)[]
  ? DeepKeys<Item>
  : T extends object
    ? { [K in keyof T]-?: K | DeepKeys<NonNullable<T[K]>> }[keyof T]
    : never;

/** Every field of the facts of every rule, of nested ones too. */
type FactKey = { [Id in RuleId]: DeepKeys<RuleFacts[Id]> }[RuleId];

/** How the texts of a field are redacted; the methods of the redactor say what each means. */
type Treatment =
  | 'data'
  | 'free'
  | 'term'
  | 'sentence'
  | 'row'
  | 'peer'
  | 'config'
  | 'candidate'
  | 'named'
  | 'rows';

/**
 * One entry per field, so that a new fact does not compile without an entry here. `data` is what AWS, a file or
 * a person named; `term` is a word or phrase of the tool or of AWS.
 */
const FIELDS = {
  absent: 'term',
  account: 'data',
  actions: 'sentence',
  admits: 'data',
  among: 'data',
  at: 'free',
  attributes: 'sentence',
  authorize: 'row',
  bears: 'data',
  because: 'sentence',
  beyondQuota: 'data',
  bits: 'data',
  by: 'sentence',
  byAttributes: 'data',
  called: 'data',
  cancelledBy: 'data',
  candidates: 'candidate',
  changedBy: 'data',
  code: 'data',
  compared: 'data',
  confidence: 'term',
  config: 'config',
  copy: 'data',
  copyOf: 'data',
  copyOfOwner: 'data',
  copyOfRegion: 'data',
  corresponds: 'data',
  count: 'data',
  daysBehind: 'data',
  deprecatedAt: 'data',
  desired: 'data',
  device: 'data',
  devices: 'data',
  different: 'data',
  direction: 'term',
  egress: 'data',
  encrypted: 'data',
  encryptionByDefault: 'data',
  entries: 'peer',
  equalRows: 'row',
  except: 'peer',
  exceptIcmp: 'term',
  exceptProtocols: 'term',
  explained: 'sentence',
  family: 'data',
  file: 'data',
  fingerprint: 'data',
  first: 'data',
  firstDifferent: 'data',
  fix: 'data',
  for: 'term',
  former: 'data',
  foundIn: 'free',
  free: 'data',
  grants: 'data',
  group: 'data',
  groupVpc: 'data',
  hidden: 'sentence',
  holds: 'term',
  icmp: 'term',
  id: 'data',
  image: 'data',
  imageHas: 'term',
  imageId: 'data',
  ingress: 'data',
  instances: 'data',
  is: 'term',
  judged: 'term',
  keep: 'row',
  key: 'data',
  keyManager: 'term',
  keys: 'data',
  kind: 'term',
  lacking: 'data',
  language: 'term',
  leadsTo: 'data',
  limit: 'data',
  line: 'data',
  logicalId: 'data',
  madeBy: 'sentence',
  madeWith: 'sentence',
  managedBy: 'term',
  map: 'data',
  maxEntries: 'data',
  md5: 'data',
  moreCandidates: 'data',
  name: 'data',
  nameStem: 'data',
  nameTaken: 'data',
  namedBy: 'term',
  names: 'data',
  needs: 'named',
  needsSharedKey: 'data',
  newer: 'data',
  newerCopied: 'data',
  notSharedBy: 'data',
  ofAccount: 'data',
  ofRegion: 'data',
  offeredIn: 'data',
  older: 'data',
  onSource: 'data',
  onTarget: 'data',
  onlySource: 'peer',
  onlyTarget: 'peer',
  opensToWorld: 'data',
  orderedBy: 'term',
  over: 'data',
  owner: 'data',
  parameter: 'data',
  parts: 'term',
  peer: 'peer',
  peers: 'peer',
  permissionsRead: 'data',
  place: 'data',
  port: 'data',
  ports: 'term',
  productCodes: 'data',
  profile: 'data',
  protocol: 'term',
  provenBy: 'sentence',
  publicKey: 'data',
  publicKeyId: 'data',
  publicKeyKnown: 'data',
  publicKeyRead: 'data',
  quota: 'term',
  quotaName: 'term',
  read: 'data',
  reason: 'sentence',
  recycled: 'data',
  reference: 'data',
  references: 'data',
  region: 'data',
  renewable: 'data',
  revoke: 'row',
  row: 'row',
  rows: 'rows',
  running: 'data',
  second: 'data',
  securityGroups: 'data',
  sentence: 'free',
  settable: 'data',
  shared: 'data',
  side: 'term',
  since: 'data',
  sizeGiB: 'data',
  snapshot: 'data',
  snapshotGiB: 'data',
  someLeft: 'data',
  source: 'data',
  sourceGiB: 'data',
  sourceImageId: 'data',
  sourceKeyStandsThereAs: 'data',
  sourceNames: 'data',
  sourceRoute: 'term',
  sourceVpc: 'peer',
  stack: 'data',
  startedAt: 'data',
  state: 'term',
  storedIn: 'data',
  strength: 'term',
  subnet: 'data',
  subnets: 'data',
  subnetsInAll: 'data',
  target: 'data',
  targetAccount: 'data',
  targetGiB: 'data',
  targetId: 'data',
  targetName: 'data',
  targetNames: 'data',
  targetRoute: 'term',
  targetUnencrypted: 'data',
  targetVpc: 'peer',
  text: 'data',
  to: 'term',
  toBeReplaced: 'data',
  traffic: 'data',
  transfer: 'data',
  type: 'term',
  typeHas: 'term',
  undocumentedBits: 'data',
  unread: 'data',
  untrackedOnSourceOnly: 'data',
  untrackedOnTargetOnly: 'data',
  until: 'data',
  vCpus: 'data',
  value: 'data',
  versionsBehind: 'data',
  vpc: 'data',
  vpcHasCounterpart: 'data',
  waitsFor: 'data',
  wanted: 'data',
  what: 'term',
  when: 'free',
  with: 'data',
  withAllowsMore: 'data',
  withoutPeer: 'data',
  witness: 'data',
  workloads: 'data',
  wornBy: 'data',
  wrong: 'term',
  zone: 'data',
  zones: 'data',
} as const satisfies Readonly<Record<FactKey, Treatment>>;

/** Where a field of one rule holds something else than the field of that name of the other rules. */
const OF_RULE: Readonly<Partial<Record<RuleId, Readonly<Partial<Record<FactKey, Treatment>>>>>> = {
  'image/unusable-copy': { reason: 'free' },
  'workload/refused': { what: 'free' },
  'security-group/over-quota': { family: 'term' },
};

/** How the lines of both sides are written, where they are no rules of a group or entries of a list. */
const ROWS: Readonly<Partial<Record<RuleId, 'row' | 'tag' | 'label'>>> = {
  'key-pair/tags-differ': 'tag',
  'security-group/tags-differ': 'tag',
  'image/tags-differ': 'tag',
  'security-group/description-differs': 'label',
  'image/attributes-differ': 'label',
  'image/launch-permissions-differ': 'label',
  'image/encryption-differs': 'label',
  'image/lifecycle-differs': 'label',
  'image/written-size-differs': 'label',
  'workload/differs': 'label',
};

/** The facts of a finding, with every text replaced that is no word of the tool or of AWS. Fields that are not known are replaced as data. */
export function redactedFacts(rule: string, facts: Facts, redactor: Redactor): Facts {
  const known: Readonly<Partial<Record<string, Treatment>>> = {
    ...FIELDS,
    ...(Object.hasOwn(OF_RULE, rule) ? OF_RULE[rule as RuleId] : {}),
  };
  const ofTraffic = /^(?:security-group|prefix-list)\//.test(rule) ? 'row' : 'free';
  const rows = (Object.hasOwn(ROWS, rule) ? ROWS[rule as RuleId] : undefined) ?? ofTraffic;
  const walk = (value: Json, treatment: Treatment): Json => {
    if (typeof value === 'string')
      return treatment === 'rows' ? redactor.line(value, rows) : redactor[treatment](value);
    if (Array.isArray(value)) return value.map((item) => walk(item, treatment));
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value as Facts).map(([key, item]) => {
      const isKnown = Object.hasOwn(known, key);
      const inRows = treatment === 'rows' && (key === 'source' || key === 'target');
      const next = inRows ? 'rows' : ((isKnown ? known[key] : undefined) ?? 'data');
      return [isKnown ? key : redactor.data(key), walk(item, next)] as const;
    });
    return Object.fromEntries(entries);
  };
  return walk(facts, 'data') as Facts;
}
