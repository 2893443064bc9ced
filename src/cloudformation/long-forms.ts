/** The functions that have a short YAML tag (CloudFormation User Guide, intrinsic functions). */
const FUNCTIONS = [
  'Sub',
  'GetAtt',
  'FindInMap',
  'If',
  'Join',
  'Select',
  'Split',
  'ImportValue',
  'Base64',
  'Cidr',
  'GetAZs',
  'Transform',
  'Equals',
  'And',
  'Or',
  'Not',
  'Length',
  'ToJsonString',
  'Contains',
  'EachMemberEquals',
  'EachMemberIn',
  'RefAll',
  'ValueOf',
  'ValueOfAll',
] as const;

export const LONG_FORMS: ReadonlyMap<string, string> = new Map([
  ['!Ref', 'Ref'],
  ['!Condition', 'Condition'],
  ...FUNCTIONS.map((name) => [`!${name}`, `Fn::${name}`] as const),
]);
