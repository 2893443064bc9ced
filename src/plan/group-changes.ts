import type {
  Direction,
  OperationOf,
  OperationType,
  Plan,
  PlannedPeer,
  PlannedRule,
  Ref,
  Step,
} from './model.ts';

/** A step whose operation is of a type. */
export type StepOf<T extends OperationType> = Step & { readonly operation: OperationOf<T> };

/** A rule that a group has in the end, which it does not have now. */
export interface AddedRule {
  readonly direction: Direction;
  readonly rule: PlannedRule;
  readonly step: Step;
}

/** What the plan does to the rules of one security group of the target, all steps taken together. */
export interface GroupChange {
  readonly group: Ref;
  readonly name: string;
  /** The step that makes the group; null for one that exists. */
  readonly made: StepOf<'create-security-group'> | null;
  /** Of a group that is made, with those of the rules of a new group that it keeps. */
  readonly added: readonly AddedRule[];
  /** Whether the egress rules that EC2 gives to a new group are all kept as they are. */
  readonly keepsDefaultEgress: boolean;
}

export interface GroupChanges {
  /** By the key of the group, in the order of the plan. */
  readonly groups: ReadonlyMap<string, GroupChange>;
  /** Steps that change or remove rules which exist. A format that only declares what is new cannot express them. */
  readonly beyondNew: readonly Step[];
}

/** The same for two references exactly when they are to the same object. */
export function refKey(ref: Ref): string {
  return 'id' in ref ? `id ${ref.id}` : `made by ${ref.madeBy}`;
}

/** What a person calls an object: the name of one that is made, the id of one that exists. */
export function refWord(ref: Ref, { steps }: Pick<Plan, 'steps'>): string {
  if ('id' in ref) return ref.id;
  const made = steps.find((step) => step.id === ref.madeBy)?.operation;
  return made && 'name' in made ? made.name : '';
}

/** The same for two rules of one direction exactly when EC2 takes them for one: the description does not count. */
export function ruleKey({ protocol, from, to, peer }: PlannedRule): string {
  return JSON.stringify([protocol, from, to, peerKey(peer)]);
}

function peerKey(peer: PlannedPeer): readonly string[] {
  switch (peer.type) {
    case 'cidr':
      return ['cidr', peer.cidr];
    case 'prefix-list':
      return ['prefix-list', refKey(peer.list)];
    case 'group':
      return ['group', refKey(peer.group)];
  }
}

export function isOperation<T extends OperationType>(step: Step, ...types: readonly T[]): step is StepOf<T> {
  return types.some((type) => type === step.operation.type);
}

export function groupChanges({ steps }: Pick<Plan, 'steps'>): GroupChanges {
  const groups = new Map<string, Draft>();
  const beyondNew: Step[] = [];
  for (const step of steps) {
    if (isOperation(step, 'create-security-group')) {
      const group: Ref = { madeBy: step.id };
      const draft = new Draft(group, step.operation.name, step);
      for (const rule of step.operation.defaultEgress) draft.add({ direction: 'egress', rule, step });
      groups.set(refKey(group), draft);
    }
    if (!isOperation(step, 'authorize-rules', 'revoke-rules', 'describe-rules')) continue;
    const { type, group, name, direction, rules } = step.operation;
    const key = refKey(group);
    const draft = groups.get(key) ?? new Draft(group, name, null);
    groups.set(key, draft);
    const all = rules.map((rule) => ({ direction, rule, step }));
    if (type === 'authorize-rules') for (const added of all) draft.add(added);
    else if (!all.every((rule) => draft.has(rule))) beyondNew.push(step);
    else for (const rule of all) draft[type === 'revoke-rules' ? 'remove' : 'describe'](rule);
  }
  return {
    groups: new Map([...groups].map(([key, draft]) => [key, draft.change()])),
    beyondNew,
  };
}

class Draft {
  readonly #rules = new Map<string, AddedRule>();
  readonly #group: Ref;
  readonly #name: string;
  readonly #made: GroupChange['made'];

  constructor(group: Ref, name: string, made: GroupChange['made']) {
    this.#group = group;
    this.#name = name;
    this.#made = made;
  }

  has(rule: AddedRule): boolean {
    return this.#rules.has(keyOf(rule));
  }

  add(rule: AddedRule): void {
    if (!this.has(rule)) this.#rules.set(keyOf(rule), rule);
  }

  remove(rule: AddedRule): void {
    this.#rules.delete(keyOf(rule));
  }

  describe(described: AddedRule): void {
    const known = this.#rules.get(keyOf(described));
    if (!known) return;
    const rule = { ...known.rule, description: described.rule.description };
    this.#rules.set(keyOf(described), { ...known, rule });
  }

  change(): GroupChange {
    const given = (this.#made?.operation.defaultEgress ?? []).map((rule) =>
      this.#rules.get(keyOf({ direction: 'egress', rule })),
    );
    return {
      group: this.#group,
      name: this.#name,
      made: this.#made,
      added: [...this.#rules.values()],
      keepsDefaultEgress: given.every((kept) => kept !== undefined && kept.rule.description === null),
    };
  }
}

function keyOf({ direction, rule }: Pick<AddedRule, 'direction' | 'rule'>): string {
  return `${direction} ${ruleKey(rule)}`;
}
