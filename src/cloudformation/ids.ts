import type { Expression, ReferenceKind, Template } from '../inventory/template.ts';

/** "ami-" with 8 digits of before 2016 or 17 (EC2 User Guide, resource IDs). */
const ID = /^(ami|sg|pl|lt)-(?:[0-9a-f]{17}|[0-9a-f]{8})$/;
const KINDS = new Map<string | undefined, ReferenceKind>([
  ['ami', 'image'],
  ['sg', 'security-group'],
  ['pl', 'prefix-list'],
  ['lt', 'launch-template'],
]);

export function kindOfId(text: string): ReferenceKind | null {
  return KINDS.get(ID.exec(text)?.[1]) ?? null;
}

/** The kind of object that an expression names by id, by its possible texts; null where none is an id. */
export function kindNamed(
  expression: Expression,
  { mappings, parameters }: Pick<Template, 'mappings' | 'parameters'>,
): ReferenceKind | null {
  for (const text of texts(expression)) {
    const kind = kindOfId(text);
    if (kind) return kind;
  }
  return null;

  function* texts(of: Expression): Generator<string> {
    switch (of.is) {
      case 'text':
        yield of.text;
        return;
      case 'list':
        for (const item of of.items) yield* texts(item);
        return;
      case 'if':
        yield* texts(of.yes);
        yield* texts(of.no);
        return;
      case 'select':
        yield* texts(of.from);
        return;
      case 'split':
        for (const text of texts(of.from)) yield* of.separator ? text.split(of.separator) : [text];
        return;
      case 'map':
        for (const row of mappings) if (reaches(of, row)) yield* [row.value].flat();
        return;
      case 'parameter':
        for (const p of parameters) {
          // A parameter whose type says what it is needs no other evidence.
          if (p.name !== of.name || kindOfType(p.type)) continue;
          for (const text of [p.value, p.default])
            if (text !== null) yield* text.split(',').map((t) => t.trim());
        }
        return;
      // What is joined is longer than an id.
      case 'join':
      case 'import':
      case 'length':
      case 'zones':
      case 'attribute':
      case 'pseudo':
      case 'resource':
      case 'ssm':
      case 'unknown':
        return;
    }
  }
}

/** Whether Fn::FindInMap may select this row. */
export function reaches(
  { map, second }: Expression & { is: 'map' },
  row: Pick<Template['mappings'][number], 'map' | 'second'>,
): boolean {
  return row.map === map && (second.is !== 'text' || row.second === second.text);
}

/** What a parameter type that CloudFormation checks against account and region names (User Guide, supplied parameter types). */
export function kindOfType(type: string): { to: ReferenceKind; by: 'id' | 'name' } | null {
  const bare = type.replace(/^AWS::SSM::Parameter::Value<(.*)>$/, '$1').replace(/^List<(.*)>$/, '$1');
  switch (bare) {
    case 'AWS::EC2::Image::Id':
      return { to: 'image', by: 'id' };
    case 'AWS::EC2::KeyPair::KeyName':
      return { to: 'key-pair', by: 'name' };
    case 'AWS::EC2::SecurityGroup::Id':
      return { to: 'security-group', by: 'id' };
    case 'AWS::EC2::SecurityGroup::GroupName':
      return { to: 'security-group', by: 'name' };
    default:
      return null;
  }
}
