import { always, rule } from '../rule.ts';
import { found, place } from './found.ts';
import { MAPPINGS } from './links.ts';

const NO_ROW_REMEDY =
  'Add the row for the target region to the mapping, or take the value from an SSM parameter.';
const NO_ELEMENT_REMEDY =
  'Add the element for the target region to the variable, or take the value from a data source such as aws_ssm_parameter.';

export const referenceNoRegionMapping = rule({
  id: 'reference/no-region-mapping',
  title: 'No row for the target region',
  short: 'no mapping row',
  severity: always('high'),
  severityNote: 'medium where it depends on a condition of a template that cannot be decided',
  compares: "The rows of a template's Mappings that its references look up with the target region.",
  why: 'CloudFormation refuses to create the stack: Fn::FindInMap finds nothing. Terraform fails: the map has no element for the key.',
  remedy: NO_ROW_REMEDY,
  links: [MAPPINGS],
  *find(pair, context) {
    yield* found(['no-mapping-row'], pair, context, ({ text, first, second }) => ({
      map: text,
      first,
      second,
    }));
  },
  message: (facts, { name }) =>
    facts.language === 'terraform'
      ? `The map "${facts.map}" of "${name}" has no element "${facts.first}"${place(facts)}.`
      : `Mapping "${facts.map}" of "${name}" has no row "${facts.first}"${facts.second === null ? '' : ` with a value "${facts.second}"`}${place(facts)}.`,
  remedyFor: ({ language }) => (language === 'terraform' ? NO_ELEMENT_REMEDY : NO_ROW_REMEDY),
});
