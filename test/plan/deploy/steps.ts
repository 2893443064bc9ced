import type { Operation, PlannedRule, Ref, Step } from '../../../src/plan/model.ts';
import type { BackendEntry, BackendRule } from './backend.ts';
import type { Memory } from './memory.ts';

/** Entries and size of prefix lists that exist. */
export type Lists = ReadonlyMap<
  string,
  { readonly maxEntries: number; readonly entries: readonly BackendEntry[] }
>;

/** Does the steps of a plan one after another, as the script would. */
export async function doSteps(steps: readonly Step[], memory: Memory, existing: Lists): Promise<void> {
  const made = new Map<string, string>();
  const lists = new Map(existing);
  const idOf = (ref: Ref) => ('id' in ref ? ref.id : (made.get(ref.madeBy) ?? fail(ref.madeBy)));
  for (const step of steps) await doStep(step.id, step.operation);

  async function doStep(stepId: string, op: Operation): Promise<void> {
    switch (op.type) {
      case 'create-prefix-list': {
        const id = await memory.createList(op);
        lists.set(id, op);
        made.set(stepId, id);
        return;
      }
      case 'resize-prefix-list':
      case 'change-prefix-list': {
        const id = idOf(op.list);
        const { maxEntries, entries } = lists.get(id) ?? fail(id);
        const end =
          op.type === 'resize-prefix-list'
            ? { maxEntries: op.maxEntries, entries }
            : {
                maxEntries,
                entries: [
                  ...entries.filter(
                    (e) => !op.remove.includes(e.cidr) && !op.add.some((a) => a.cidr === e.cidr),
                  ),
                  ...op.add,
                ],
              };
        lists.set(id, end);
        return memory.setList(id, end.maxEntries, end.entries);
      }
      case 'create-security-group':
        made.set(stepId, await memory.createGroup(op));
        return;
      case 'authorize-rules':
        for (const r of op.rules) await memory.authorize(idOf(op.group), rule(op.direction, r));
        return;
      case 'revoke-rules':
        for (const r of op.rules) memory.revoke(idOf(op.group), rule(op.direction, r));
        return;
      case 'describe-rules':
        for (const r of op.rules) memory.describe(idOf(op.group), rule(op.direction, r));
        return;
      case 'import-key-pair':
        made.set(stepId, await memory.importKey(op));
        return;
      case 'set-tags':
        return memory.tag(idOf(op.resource), op.tags);
      case 'grant-key':
        return memory.grantKey(op.keyId, op.principal);
      case 'share-image':
        return memory.grant(op.imageId, op.account, 'source');
      case 'share-snapshot':
        return memory.grantSnapshot(op.snapshotId, op.account);
      case 'copy-image': {
        const { name, description, tags, imageId: source, sourceRegion: region, encrypted, chosenKey } = op;
        made.set(
          stepId,
          await memory.copyImage({ name, description, source, region, encrypted, chosenKey, tags }),
        );
        return;
      }
      case 'grant-launch': {
        const { everyone, accounts, organizations } = op.grants;
        const all = [...(everyone ? ['all'] : []), ...accounts, ...organizations];
        for (const who of all) await memory.grant(idOf(op.image), who, 'target');
        return;
      }
      case 'put-parameter':
        return memory.putParameter(op.name, idOf(op.image));
      case 'wait-for-image':
        return;
      case 'create-template-version': {
        const { image, instanceType = null, keyName = null, groups } = op.changes;
        return memory.addVersion(op.templateId, {
          image: image ? idOf(image) : null,
          instanceType,
          keyName,
          groups: groups?.map(idOf) ?? null,
          description: op.marker,
          isDefault: steps.some(
            (s) =>
              s.operation.type === 'set-default-version' &&
              'madeBy' in s.operation.version &&
              s.operation.version.madeBy === stepId,
          ),
        });
      }
      case 'set-default-version':
        return;
      case 'create-launch-template':
      case 'copy-template-version':
      case 'protect-image':
      case 'deprecate-image':
        throw new Error(`no format declares ${op.type}`);
    }
  }
  function rule(direction: BackendRule['direction'], r: PlannedRule): BackendRule {
    const { protocol, from, to, peer, description } = r;
    const end = { direction, protocol, from, to, description };
    switch (peer.type) {
      case 'cidr':
        return { ...end, peer: `cidr ${peer.cidr}` };
      case 'prefix-list':
        return { ...end, peer: `list ${idOf(peer.list)}` };
      case 'group':
        return {
          ...end,
          peer: `group ${peer.ownerId === null ? '' : `${peer.ownerId}/`}${idOf(peer.group)}`,
        };
    }
  }
}

function fail(what: string): never {
  throw new Error(`${what} does not exist`);
}
