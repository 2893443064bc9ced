import fc from 'fast-check';

/** What a shell, the AWS CLI, JSON, HCL or CloudFormation could take for something else, in characters that EC2 takes in names of groups. */
const GROUP_NAMES = [
  'web',
  'Web tier',
  '-n',
  '--help',
  'file://etc/passwd',
  'http://localhost/x',
  'a*b',
  '$(id)',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: A shell would replace it.
  '${HOME}',
  '$HOME',
  '!!',
  '{a,b}',
  '[x]',
  'x;y',
  'a&b',
  '#c',
  '@x',
  'k=v,l=w',
  'name with  two spaces',
  '../up',
  '()',
];
const GROUP_CHARACTERS = 'abcXYZ019 ._-:/()#,@[]+=&;{}!$*';

/** Names of groups: `a-z, A-Z, 0-9, spaces, and ._-:/()#,@[]+=&;{}!$*` (EC2 API, CreateSecurityGroup). */
export const groupName = fc
  .oneof(fc.constantFrom(...GROUP_NAMES), textOf(GROUP_CHARACTERS, 1, 14))
  .map((name) => name.trim())
  .filter((name) => name !== '' && !/^(sg-|default$)/i.test(name));

/** Descriptions of groups and rules have the characters of their names. Of a rule with a group or a list not the `&`. */
export const description = fc
  .oneof(fc.constantFrom(...GROUP_NAMES), textOf(GROUP_CHARACTERS, 1, 20))
  .map((text) => text.replaceAll('&', '+').trim())
  .filter((text) => text !== '');

/** Names of key pairs: up to 255 ASCII characters, no spaces at the ends (EC2 API, CreateKeyPair). */
export const keyName = fc
  .oneof(
    fc.constantFrom(
      "it's",
      '"quoted"',
      '`id`',
      '$(id)',
      'a|b',
      '-k',
      'file://x',
      'a\\b',
      '*',
      '?',
      '~',
      'deploy',
    ),
    fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 12 }),
  )
  .map((name) => name.trim())
  .filter((name) => name !== '');

/** Names of images: 3 to 128 of `a-z, A-Z, 0-9, ()[] ./-'@_` (EC2 API, RegisterImage). */
export const imageName = fc
  .oneof(
    fc.constantFrom("golden's (1)", 'base/ubuntu-22.04', '-x-', 'a[b]c', "''x''"),
    textOf("abcXYZ019()[]./-'@_", 3, 16),
  )
  .map((name) => name.trim())
  .filter((name) => name.length >= 3);

/** Names of launch templates: 3 to 128 of `a-z, A-Z, 0-9, ().-/_` (EC2 API, CreateLaunchTemplate). */
export const templateName = textOf('abcXYZ019().-/_', 3, 12);

/** Names of prefix lists: any text that does not begin like those of AWS. */
export const listName = fc.oneof(
  fc.constantFrom('office', "bob's list", '$(id)', '-l', 'a*', 'file://list', 'two  spaces', 'Zürich', '"q"'),
  textOf('abcXYZ019 ._-:/()#,@', 1, 12).map((name) => `l${name.trim()}`),
);

/** Tags take any text. */
export const tagText = fc.oneof(
  fc.constantFrom(
    'prod',
    'it\'s "x"',
    '$(id)',
    'a\nb',
    'Zürich',
    '日本',
    '😀',
    '-v',
    'file://x',
    'a=b,c',
    '{}',
    ' x',
    '\\n',
    '%{x}',
  ),
  fc.string({ unit: 'grapheme-ascii', maxLength: 10 }),
);

function textOf(characters: string, minLength: number, maxLength: number): fc.Arbitrary<string> {
  return fc.array(fc.constantFrom(...characters), { minLength, maxLength }).map((all) => all.join(''));
}
