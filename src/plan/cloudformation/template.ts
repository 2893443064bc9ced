import { isPlain } from '../../text/shell.ts';
import { refKey } from '../group-changes.ts';
import type { Ref } from '../model.ts';
import { uniqueNames } from '../names.ts';
import type { Json, References, Resource } from './resources.ts';

/** What is in a template of a bundle, and which resources are in the templates that come before. */
export interface Part {
  readonly resources: readonly Resource[];
  /** Whether later templates refer to its objects. */
  readonly exports: boolean;
}

/** The logical ids of all resources of the bundle, by key: a resource keeps its id in every template. */
export function logicalIds(resources: readonly Resource[]): ReadonlyMap<string, string> {
  return uniqueNames(resources, 'X');
}

/**
 * @param ids The logical ids of the bundle.
 * @param stackOf For the key of an object of an earlier template: the parameter that has the name of its stack.
 */
export function template(
  { resources, exports }: Part,
  ids: ReadonlyMap<string, string>,
  stackOf: ReadonlyMap<string, { readonly parameter: string; readonly stack: string }>,
  about: { readonly description: string; readonly metadata: Json; readonly vpcName: (id: string) => string },
): Json {
  const own = new Map(resources.map((r) => [r.key, r]));
  const parameters = new Map<string, Json>();
  const references: References = {
    id: (ref: Ref) => {
      const key = refKey(ref);
      const resource = own.get(key);
      const id = ids.get(key) ?? '';
      if (resource?.idAttribute) return { 'Fn::GetAtt': [id, resource.idAttribute] };
      const earlier = stackOf.get(key);
      if (earlier) {
        const { parameter, stack } = earlier;
        parameters.set(parameter, {
          Type: 'String',
          Description: 'The name of the stack that the earlier template made.',
          Default: stack,
        });
        return { 'Fn::ImportValue': { 'Fn::Sub': `\${${parameter}}-${id}` } };
      }
      if ('id' in ref) return ref.id;
      throw new Error(`no resource of the templates makes what the step ${ref.madeBy} makes`);
    },
    vpc: (vpcId) => {
      const name = `Vpc${vpcId.replace(/[^A-Za-z0-9]/g, '')}`;
      parameters.set(name, {
        Type: 'AWS::EC2::VPC::Id',
        Description: about.vpcName(vpcId),
        Default: vpcId,
      });
      return { Ref: name };
    },
  };
  const entries = resources.map((r) => {
    const properties = Object.entries(r.properties(references)).filter(([, v]) => v !== undefined);
    return [ids.get(r.key) ?? '', { Type: r.type, Properties: Object.fromEntries(properties) as Json }];
  });
  const outputs = resources.flatMap((r) => {
    const id = ids.get(r.key) ?? '';
    const name = `\${AWS::StackName}-${id}`;
    return exports && r.idAttribute
      ? [[id, { Value: { 'Fn::GetAtt': [id, r.idAttribute] }, Export: { Name: { 'Fn::Sub': name } } }]]
      : [];
  });
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: about.description,
    Metadata: about.metadata,
    ...(parameters.size > 0 ? { Parameters: Object.fromEntries(parameters) } : {}),
    Resources: Object.fromEntries(entries),
    ...(outputs.length > 0 ? { Outputs: Object.fromEntries(outputs) } : {}),
  };
}

/** JSON in which every character that is not shown as itself is an escape. */
export function templateText(template: Json): string {
  const json = JSON.stringify(template, null, 2);
  const shown = [...json].map((c) =>
    c === '\n' || isPlain(c) ? c : c.split('').map(unicodeEscape).join(''),
  );
  return `${shown.join('')}\n`;
}

function unicodeEscape(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
