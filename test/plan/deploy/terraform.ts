import { parse } from '@cdktf/hcl2json';
import type { BundleFile } from '../../../src/plan/declared.ts';
import { requestedData } from '../terraform/launch-template-reader.ts';
import { readBack } from '../terraform/read-back.ts';
import type { Backend, BackendRule } from './backend.ts';
import { inOrder } from './order.ts';

// biome-ignore lint/suspicious/noExplicitAny: what the parser gives has any shape, and the test reads it as the provider does.
type Any = any;

interface Resource {
  readonly type: string;
  readonly attributes: Any;
}

/** Applies a file to an empty state, as Terraform and its provider for AWS do: dependencies first. */
export async function applyTerraform(files: readonly BundleFile[], backend: Backend): Promise<void> {
  for (const file of files) await apply(await parse(file.name, file.text), backend);
}

async function apply(json: Any, backend: Backend): Promise<void> {
  const resources = new Map<string, Resource>();
  for (const [type, named] of Object.entries<Any>(json.resource ?? {}))
    for (const [name, [attributes]] of Object.entries<Any>(named))
      resources.set(`${type}.${name}`, { type, attributes });
  const imported = new Map<string, string>(
    (json.import ?? []).map((i: Any) => [/^\$\{(.*)\}$/.exec(i.to)?.[1], String(readBack(i.id))]),
  );
  for (const address of imported.keys())
    if (!resources.has(address)) throw new Error(`${address} is not declared`);
  const sources = new Map<string, string>(
    Object.entries<Any>(json.data?.aws_launch_template ?? {}).map(([name, [of]]) => {
      // biome-ignore lint/suspicious/noTemplateCurlyInString: as the parser prints expressions.
      if (of.provider !== '${aws.source}') throw new Error('user data is read from the source');
      return [`data.aws_launch_template.${name}`, of.id];
    }),
  );
  const variables = new Set(Object.keys(json.variable ?? {}));
  const ids = new Map<string, string>();
  const value = (text: Any): Any => {
    if (Array.isArray(text)) return text.map(value);
    if (typeof text === 'object' && text !== null)
      return Object.fromEntries(Object.entries(text).map(([k, v]) => [String(readBack(k)), value(v)]));
    const code = typeof text === 'string' ? /^\$\{([^}]*)\}$/.exec(text)?.[1] : undefined;
    if (code === undefined) return readBack(text);
    if (code.startsWith('var.')) return variables.has(code.slice(4)) ? code : fail(code);
    if (code.startsWith('aws_')) return ids.get(code.replace(/\.id$/, '')) ?? fail(code);
    return code;
  };
  const uses = (attributes: Any): string[] =>
    [...JSON.stringify(attributes).matchAll(/"\$\{(aws_\w+\.\w+)(?:\.id)?\}"/g)].map((m) => m[1] ?? '');
  for (const address of inOrder([...resources.keys()], (key) => uses(resources.get(key)?.attributes))) {
    const { type, attributes } = resources.get(address) ?? fail(address);
    const { depends_on: _, ...own } = attributes;
    const a = value(own);
    const importId = imported.get(address);
    ids.set(
      address,
      importId === undefined
        ? await create(type, a, { backend, sources })
        : await change(type, importId, a, backend),
    );
  }
}

async function create(type: string, a: Any, { backend, sources }: Place): Promise<string> {
  const { tags = {} } = a;
  switch (type) {
    case 'aws_security_group': {
      const id = await backend.createGroup({
        vpcId: a.vpc_id,
        name: a.name,
        description: a.description,
        tags,
      });
      // "Terraform will remove this default rule" (documentation of aws_security_group).
      await backend.revokeDefaultEgress(id);
      return id;
    }
    case 'aws_vpc_security_group_ingress_rule':
    case 'aws_vpc_security_group_egress_rule':
      await backend.authorize(a.security_group_id, rule(type.includes('ingress') ? 'ingress' : 'egress', a));
      return '';
    case 'aws_ec2_managed_prefix_list':
      return backend.createList({
        name: a.name,
        family: a.address_family,
        maxEntries: a.max_entries,
        entries: entries(a),
        tags,
      });
    case 'aws_key_pair':
      return backend.importKey({ name: a.key_name, publicKey: a.public_key, tags });
    case 'aws_ssm_parameter':
      await backend.putParameter(a.name, a.value);
      return '';
    case 'aws_ec2_tag':
      await backend.tag(a.resource_id, { [a.key]: a.value });
      return '';
    case 'aws_ami_copy':
      return backend.copyImage({
        name: a.name,
        description: a.description ?? null,
        source: a.source_ami_id,
        region: a.source_ami_region,
        encrypted: a.encrypted === true,
        chosenKey: a.kms_key_id === 'var.target_kms_key',
        tags,
      });
    case 'aws_ami_launch_permission': {
      const who = a.account_id ?? a.group ?? a.organization_arn ?? a.organizational_unit_arn;
      await backend.grant(a.image_id, who, a.provider === 'aws.source' ? 'source' : 'target');
      return '';
    }
    case 'aws_kms_grant':
      if (a.provider !== 'aws.source') throw new Error('keys are shared on the source');
      await backend.grantKey(a.key_id, a.grantee_principal);
      return '';
    case 'aws_snapshot_create_volume_permission':
      if (a.provider !== 'aws.source') throw new Error('snapshots are shared on the source');
      await backend.grantSnapshot(a.snapshot_id, a.account_id);
      return '';
    case 'aws_launch_template':
      return backend.createTemplate({
        name: a.name,
        description: a.description,
        tags,
        data: requestedData(a),
        userDataOf: a.user_data === undefined ? null : latestOf(a, sources),
      });
    default:
      throw new Error(`${type} is not known`);
  }
}

interface Place {
  readonly backend: Backend;
  /** The ids of the launch templates that data sources read. */
  readonly sources: ReadonlyMap<string, string>;
}

/** What the template takes its user data from, with the version that its precondition demands. */
function latestOf(a: Any, sources: Place['sources']): { templateId: string; version: number } {
  const [source = ''] = String(a.user_data).split('.user_data');
  const { condition } = a.lifecycle[0].precondition[0];
  const [, of, version] = /^(.*)\.latest_version == (\d+)$/.exec(condition) ?? [];
  if (of !== source) throw new Error(`${condition} is about another launch template`);
  return { templateId: sources.get(source) ?? fail(source), version: Number(version) };
}

/** What applying changes of something that was imported. */
async function change(type: string, id: string, a: Any, backend: Backend): Promise<string> {
  if (a.lifecycle?.[0]?.prevent_destroy !== true) throw new Error(`${id} could be destroyed`);
  if (a.tags) await backend.tag(id, a.tags);
  if (type === 'aws_ec2_managed_prefix_list') await backend.setList(id, a.max_entries, entries(a));
  else if (type === 'aws_ssm_parameter') await backend.putParameter(a.name, a.value);
  else if (type === 'aws_launch_template') {
    const ignored: string[] = a.lifecycle[0].ignore_changes;
    const changed = ['image_id', 'instance_type', 'key_name', 'vpc_security_group_ids'];
    // What is set is not ignored, and what is not set is: else Terraform would remove it.
    if (changed.some((name) => ignored.includes(name) === name in a))
      throw new Error(`${id} would be changed`);
    await backend.addVersion(id, {
      image: a.image_id ?? null,
      instanceType: a.instance_type ?? null,
      keyName: a.key_name ?? null,
      groups: a.vpc_security_group_ids ?? null,
      description: a.description,
      isDefault: a.update_default_version === true,
    });
  } else if (type !== 'aws_security_group') throw new Error(`${type} is not imported`);
  return id;
}

function entries(a: Any) {
  return (a.entry ?? []).map((e: Any) => ({ cidr: e.cidr, description: e.description ?? null }));
}

function rule(direction: BackendRule['direction'], a: Any): BackendRule {
  const cidr = a.cidr_ipv4 ?? a.cidr_ipv6;
  if (a.cidr_ipv4?.includes(':') || a.cidr_ipv6?.includes('.0/')) throw new Error('wrong family');
  return {
    direction,
    protocol: a.ip_protocol,
    from: a.from_port ?? null,
    to: a.to_port ?? null,
    peer: cidr
      ? `cidr ${cidr}`
      : a.prefix_list_id
        ? `list ${a.prefix_list_id}`
        : `group ${a.referenced_security_group_id}`,
    description: a.description ?? null,
  };
}

function fail(what: string): never {
  throw new Error(`${what} does not exist`);
}
