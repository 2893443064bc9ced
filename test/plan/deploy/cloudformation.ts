import type { BundleFile } from '../../../src/plan/declared.ts';
import type { Backend, BackendRule } from './backend.ts';
import { inOrder } from './order.ts';

// biome-ignore lint/suspicious/noExplicitAny: a template is JSON of any shape, and the test reads it as CloudFormation does.
type Any = any;

/** Makes the stacks one after another, as CloudFormation does: by properties alone, dependencies first. */
export async function deployTemplates(files: readonly BundleFile[], backend: Backend): Promise<void> {
  const exported = new Map<string, string>();
  for (const file of files) await deployTemplate(JSON.parse(file.text), backend, exported);
}

async function deployTemplate(template: Any, backend: Backend, exported: Map<string, string>): Promise<void> {
  const { Resources, Parameters = {}, Outputs = {} } = template;
  const stack = /--stack-name (\S+)$/.exec(template.Metadata['ec2-parity'].Deploy)?.[1] ?? '';
  const ids = new Map<string, string>();
  const value = (json: Any): Any => {
    if (Array.isArray(json)) return json.map(value);
    if (typeof json === 'string' && json.includes('{{resolve:')) throw new Error(`replaced: ${json}`);
    if (typeof json !== 'object' || json === null) return json;
    if ('Ref' in json) return Parameters[json.Ref].Default;
    if ('Fn::GetAtt' in json) return known(ids, json['Fn::GetAtt'][0]);
    if ('Fn::ImportValue' in json) return known(exported, value(json['Fn::ImportValue']));
    if ('Fn::Sub' in json)
      return json['Fn::Sub'].replace(/\$\{(.*?)\}/g, (_: string, name: string) =>
        name === 'AWS::StackName' ? stack : Parameters[name].Default,
      );
    return Object.fromEntries(Object.entries(json).map(([k, v]) => [k, value(v)]));
  };
  const uses = (json: Any): string[] => {
    if (Array.isArray(json)) return json.flatMap(uses);
    if (typeof json !== 'object' || json === null) return [];
    if ('Fn::GetAtt' in json) return [json['Fn::GetAtt'][0]];
    return Object.values(json).flatMap(uses);
  };
  for (const id of inOrder(Object.keys(Resources), (key) => uses(Resources[key].Properties))) {
    const { Type, Properties } = Resources[id];
    ids.set(id, await create(Type, value(Properties), backend));
  }
  for (const { Value, Export } of Object.values<Any>(Outputs)) exported.set(value(Export.Name), value(Value));
}

async function create(type: string, p: Any, backend: Backend): Promise<string> {
  const tags = Object.fromEntries((p.Tags ?? []).map((t: Any) => [t.Key, t.Value]));
  switch (type) {
    case 'AWS::EC2::SecurityGroup': {
      const { VpcId: vpcId, GroupName: name, GroupDescription: description } = p;
      const id = await backend.createGroup({ vpcId, name, description, tags });
      if (p.SecurityGroupEgress) await backend.revokeDefaultEgress(id);
      for (const r of p.SecurityGroupEgress ?? []) await backend.authorize(id, rule('egress', r));
      return id;
    }
    case 'AWS::EC2::SecurityGroupIngress':
    case 'AWS::EC2::SecurityGroupEgress':
      await backend.authorize(p.GroupId, rule(type.endsWith('Ingress') ? 'ingress' : 'egress', p));
      return '';
    case 'AWS::EC2::PrefixList': {
      const entries = p.Entries.map((e: Any) => ({ cidr: e.Cidr, description: e.Description ?? null }));
      const { PrefixListName: name, AddressFamily: family, MaxEntries: maxEntries } = p;
      return backend.createList({ name, family, maxEntries, entries, tags });
    }
    case 'AWS::EC2::KeyPair':
      return backend.importKey({ name: p.KeyName, publicKey: p.PublicKeyMaterial, tags });
    case 'AWS::SSM::Parameter':
      await backend.putParameter(p.Name, p.Value);
      return '';
    default:
      throw new Error(`${type} is not known`);
  }
}

function rule(direction: BackendRule['direction'], p: Any): BackendRule {
  const end = direction === 'ingress' ? 'Source' : 'Destination';
  const owner = p.SourceSecurityGroupOwnerId ? `${p.SourceSecurityGroupOwnerId}/` : '';
  const cidr = p.CidrIp ?? p.CidrIpv6;
  const list = p[`${end}PrefixListId`];
  return {
    direction,
    protocol: p.IpProtocol,
    from: p.FromPort ?? (p.IpProtocol === 'icmpv6' ? -1 : null),
    to: p.ToPort ?? (p.IpProtocol === 'icmpv6' ? -1 : null),
    peer: cidr ? `cidr ${cidr}` : list ? `list ${list}` : `group ${owner}${p[`${end}SecurityGroupId`]}`,
    description: p.Description ?? null,
  };
}

function known(map: ReadonlyMap<string, string>, key: string): string {
  const value = map.get(key);
  if (value === undefined) throw new Error(`${key} does not exist yet`);
  return value;
}
