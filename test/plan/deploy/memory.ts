import type { Backend, BackendEntry, BackendRule, BackendTemplate, BackendVersion, Tags } from './backend.ts';

/** A small EC2 of memory. Ids that nothing has made are of what existed before. */
export class Memory implements Backend {
  readonly #defaultEgress: (vpcId: string) => readonly string[];
  readonly #words = new Map<string, string>();
  readonly #facts = new Set<string>();
  readonly #groups = new Map<string, Map<string, string>>();
  readonly #tags = new Map<string, Tags>();
  #made = 0;

  /** @param defaultEgress The CIDRs of the egress rules of a new group of a VPC. */
  constructor(defaultEgress: (vpcId: string) => readonly string[]) {
    this.#defaultEgress = defaultEgress;
  }

  /** All that was done, in words without ids that were made, sorted. */
  done(): string[] {
    const rules = [...this.#groups].flatMap(([id, own]) =>
      [...own].map(([key, description]) => `${this.#word(id)}: ${this.#named(key)} (${description})`),
    );
    const tags = [...this.#tags].map(
      ([id, t]) => `${this.#word(id)} has tags ${JSON.stringify(Object.entries(t).sort())}`,
    );
    return [...[...this.#facts].map((f) => this.#named(f)), ...rules, ...tags].sort();
  }

  async createGroup(group: {
    vpcId: string;
    name: string;
    description: string;
    tags: Tags;
  }): Promise<string> {
    const { vpcId, name, description, tags } = group;
    const id = this.#id(`group ${vpcId}/${name}`);
    this.#facts.add(`${id} is made: ${JSON.stringify(description)}`);
    const everywhere = this.#defaultEgress(vpcId).map((cidr) => ruleKey(toEverywhere(cidr)));
    this.#groups.set(id, new Map(everywhere.map((key) => [key, 'null'])));
    await this.tag(id, tags);
    return id;
  }
  async revokeDefaultEgress(groupId: string): Promise<void> {
    for (const cidr of ['0.0.0.0/0', '::/0']) this.#rules(groupId).delete(ruleKey(toEverywhere(cidr)));
  }
  async authorize(groupId: string, rule: BackendRule): Promise<void> {
    const rules = this.#rules(groupId);
    const key = ruleKey(rule);
    if (rules.has(key)) throw new Error(`InvalidPermission.Duplicate: ${key}`);
    rules.set(key, JSON.stringify(rule.description));
  }
  /** Not a part of a deployment: of the steps of a plan. */
  revoke(groupId: string, rule: BackendRule): void {
    if (!this.#rules(groupId).delete(ruleKey(rule))) throw new Error('InvalidPermission.NotFound');
  }
  describe(groupId: string, rule: BackendRule): void {
    this.#rules(groupId).set(ruleKey(rule), JSON.stringify(rule.description));
  }
  async createList(list: Parameters<Backend['createList']>[0]): Promise<string> {
    const { name, family, maxEntries, entries, tags } = list;
    const id = this.#id(`list ${name}`);
    this.#facts.add(`${id} is made: ${family}`);
    await this.setList(id, maxEntries, entries);
    await this.tag(id, tags);
    return id;
  }
  async setList(id: string, maxEntries: number, entries: readonly BackendEntry[]): Promise<void> {
    for (const fact of this.#facts) if (fact.startsWith(`${id} holds`)) this.#facts.delete(fact);
    const sorted = entries.map((e) => JSON.stringify([e.cidr, e.description])).sort();
    this.#facts.add(`${id} holds ${sorted} of ${maxEntries}`);
  }
  async importKey(key: { name: string; publicKey: string; tags: Tags }): Promise<string> {
    const id = this.#id(`key ${key.name}`);
    this.#facts.add(`${id} is ${JSON.stringify(key.publicKey)}`);
    await this.tag(id, key.tags);
    return id;
  }
  async putParameter(name: string, value: string): Promise<void> {
    this.#facts.add(`parameter ${name} is ${value}`);
  }
  async copyImage(image: Parameters<Backend['copyImage']>[0]): Promise<string> {
    const { name, description, source, region, encrypted, chosenKey, tags } = image;
    const id = this.#id(`image ${name}`);
    this.#facts.add(
      `${id} is a copy: ${JSON.stringify([description, source, region, encrypted, chosenKey])}`,
    );
    await this.tag(id, tags);
    return id;
  }
  async grant(imageId: string, who: string, side: string): Promise<void> {
    this.#facts.add(`${imageId} of the ${side} may be launched by ${who}`);
  }
  async grantKey(keyId: string, principal: string): Promise<void> {
    this.#facts.add(`${keyId} may be used by ${principal}`);
  }
  async grantSnapshot(snapshotId: string, account: string): Promise<void> {
    this.#facts.add(`${snapshotId} is shared with ${account}`);
  }
  async tag(id: string, tags: Tags): Promise<void> {
    const all = { ...this.#tags.get(id), ...tags };
    if (Object.keys(all).length > 0) this.#tags.set(id, all);
  }

  async createTemplate({ name, ...template }: BackendTemplate): Promise<string> {
    const id = this.#id(`template ${name}`);
    this.#facts.add(`${id} has ${JSON.stringify(template)}`);
    return id;
  }
  async addVersion(templateId: string, version: BackendVersion): Promise<void> {
    this.#facts.add(`${templateId} has a version ${JSON.stringify(version)}`);
  }

  #rules(groupId: string): Map<string, string> {
    const known = this.#groups.get(groupId) ?? new Map<string, string>();
    this.#groups.set(groupId, known);
    return known;
  }
  #id(word: string): string {
    if ([...this.#words.values()].includes(word)) throw new Error(`${word} exists`);
    const id = `made-${++this.#made}-`;
    this.#words.set(id, word);
    return id;
  }
  #word(id: string): string {
    return this.#words.get(id) ?? id;
  }
  #named(text: string): string {
    return text.replace(/made-\d+-/g, (id) => this.#word(id));
  }
}

function toEverywhere(cidr: string): BackendRule {
  return {
    direction: 'egress',
    protocol: '-1',
    from: null,
    to: null,
    peer: `cidr ${cidr}`,
    description: null,
  };
}

function ruleKey({ direction, protocol, from, to, peer }: BackendRule): string {
  return `${direction} ${protocol} ${from}-${to} ${peer}`;
}
