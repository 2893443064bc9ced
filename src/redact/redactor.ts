import { wordsOf } from '../inventory/kinds.ts';
import { KINDS } from '../report/vocabulary.ts';
import { Pseudonyms } from './pseudonyms.ts';
import { redactedText } from './text.ts';
import { formOf, isPublic, isTerm } from './typed.ts';
import { isToolWord } from './vocabulary.ts';

/** What a sentence becomes that cannot be redacted word by word. */
const LEFT_OUT = 'Left out by --redact.';

/** What the tool calls the objects that a step of a chain or a list of needs names: the words before the name. */
const OBJECTS: readonly string[] = [
  ...KINDS.map((kind) => wordsOf(kind).one),
  'image of the parameter',
  'instance profile',
  'KMS key',
  'mapping',
  'parameter',
  'placement group',
  'capacity reservation',
  'snapshot',
  'subnet',
  'target group',
  'load balancer',
  'volume',
].sort((a, b) => b.length - a.length);

/** "v7 ($Default, $Latest)": which versions of a template. */
const VERSION = '(?:v?\\d+|\\$Default|\\$Latest)';
const VERSIONS = new RegExp(`^${VERSION}(?:(?:, | \\()${VERSION}\\)?)*$`);

/** Fields whose values AWS enumerates or counts: every other value may be a name. */
const TERM_FIELDS =
  /(?:^|[ :])(?:architecture|boot mode|created|delete on termination|deprecation date|deregistration protection|desired|ENA|encrypted|encryption|HttpTokens|IMDS|instance types?|maximum|minimum|platform|platform details|root device name|root device type|size|SR-IOV|state|status|TPM|throughput|iops|IOPS|type|usage operation|virtualization|volume)$/;

/** A word of such a field, or what it is of: a device, a version of a template. */
const LABEL_WORD = new RegExp(
  `^(?:desired|maximum|minimum|created|status|size|state|type|iops|throughput|volume|ENA|HttpTokens|IMDS|IOPS|SR-IOV|TPM|/dev/[a-z0-9]+|${VERSION})$`,
);

/** Replaces texts by what they are, and remembers which texts of the finding at hand were replaced: a sentence about it may name them. */
export class Redactor {
  readonly names = new Pseudonyms();
  /** False while only the names are collected: sentences are redacted when all of them are known. */
  readonly #sentences: boolean;
  #own = new Set<string>();
  /** Every name of the report: a sentence about no object may contain any of them. */
  readonly #all: Set<string>;

  constructor(earlier?: Redactor) {
    if (earlier) this.names = earlier.names;
    this.#all = earlier ? earlier.#all : new Set();
    this.#sentences = earlier !== undefined;
  }

  /** Begins with another finding or object: what sentences name from now on is of that one. */
  begin(): void {
    this.#own = new Set();
  }

  /** What sentences may name since `begin`. */
  get own(): ReadonlySet<string> {
    return this.#own;
  }

  /** What the sentences about other findings name, those about this object may name too. */
  include(others: ReadonlySet<string> | undefined): void {
    for (const text of others ?? []) this.#own.add(text);
  }

  /** The name of an object, or of what it belongs to. */
  name(text: string): string {
    this.#all.add(text);
    return this.data(text);
  }

  /** A name, id, address or other text that AWS, a file or a person made. */
  data(text: string): string {
    this.#own.add(text);
    return this.names.id(text);
  }

  /** As `data`, of a text that is no name: a description, AWS's own words, a place in a file. */
  free(text: string): string {
    if (VERSIONS.test(text)) return text;
    const file = /^the snapshot of (\S+)$/.exec(text)?.[1];
    if (file !== undefined) return `the snapshot of ${this.names.region(file)}`;
    this.#own.add(text);
    return this.names.data(text, 'text');
  }

  peer(text: string): string {
    this.#own.add(text);
    return this.names.peer(text);
  }

  digest(text: string): string {
    return this.names.digest(text);
  }

  /** A word that the tool or AWS enumerates. */
  term(text: string): string {
    const isQuota =
      /^[A-Za-z0-9 (),-]{1,120} (?:instances|Instance Requests|hosts|per network interface)$/.test(text);
    if (isQuota || (/^[A-Za-z0-9_/.-]{0,60}$/.test(text) && formOf(text) === null)) return text;
    return this.sentence(text);
  }

  /** A phrase of the tool with data in it; a value that is one enumerated word stays. */
  sentence(text: string): string {
    if (/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text) && formOf(text) === null) return text;
    return this.#textOr(text, () => this.names.data(text, 'text'));
  }

  /** A sentence about the finding or object at hand. */
  text(text: string, otherwise: string = LEFT_OUT): string {
    return this.#textOr(text, () => otherwise);
  }

  #textOr(text: string, otherwise: () => string): string {
    return this.#sentences ? (redactedText(text, this.names, this.#own) ?? otherwise()) : text;
  }

  /** A sentence about no object of the report, or about any of them. */
  remark(text: string): string {
    return this.#sentences ? (redactedText(text, this.names, this.#all) ?? LEFT_OUT) : text;
  }

  /** "tcp 22 10.0.0.0/8", "ingress tcp 443 from group:prod/web". */
  row(text: string): string {
    const [, head, peer] =
      /^((?:ingress |egress )?(?:tcp|udp|icmp|icmpv6|all|all traffic|\d{1,3}) (?:(?:\d{1,5}(?:-\d{1,5})?|\d{1,3}\/\d{1,3}) )?(?:from |to )?)(.+)$/s.exec(
        text,
      ) ?? [];
    if (head === undefined || peer === undefined) return this.peer(text);
    return head + this.peer(peer);
  }

  line(text: string, form: 'row' | 'tag' | 'label' | 'free'): string {
    switch (form) {
      case 'row':
        return this.row(text);
      case 'free':
        return this.free(text);
      case 'tag':
        return this.#divided(text, ' = ', (key, value) => `${this.data(key)} = ${this.data(value)}`);
      case 'label':
        return this.#divided(
          text,
          ': ',
          (label, value) => `${this.label(label)}: ${this.field(label, value)}`,
        );
    }
  }

  /** The name of a field. */
  label(text: string): string {
    if (
      TERM_FIELDS.test(text) &&
      text.split(/[ :]+/).every((word) => LABEL_WORD.test(word) || isToolWord(word))
    )
      return text;
    return this.#textOr(text, () => this.names.data(text, 'text'));
  }

  /** The value of a field, by the name of the field: one or several texts. */
  field(label: string, value: string): string {
    if (
      TERM_FIELDS.test(label) ||
      /^\/dev\/[a-z0-9]+$/.test(label) ||
      /^\d[\d,.]* (?:bytes|[KMGT]iB)$/.test(value)
    )
      return this.#terms(value);
    if (this.names.known(value) !== undefined || isPublic(value)) return this.data(value);
    const parts = value.split(', ');
    return parts.map((part) => this.named(part)).join(', ');
  }

  /** "key pair deploy", "launch template web v7": a name behind the word for what it is, or a name alone. */
  named(text: string): string {
    const word = OBJECTS.find((object) => text.startsWith(`${object} `));
    if (word === undefined || this.names.known(text) !== undefined) return this.data(text);
    const rest = text.slice(word.length + 1);
    const [, name = rest, version = ''] = /^(.+)( v\d+| of .+)$/s.exec(rest) ?? [];
    const split = this.names.known(rest) === undefined && version !== '';
    return split
      ? `${word} ${this.data(name)}${version.startsWith(' of ') ? this.remark(version) : version}`
      : `${word} ${this.data(rest)}`;
  }

  /** One step of a chain: a named object, a name alone, or what is wrong with it in words of the tool. */
  step(text: string): string {
    if (OBJECTS.some((object) => text.startsWith(`${object} `))) return this.named(text);
    return /\s/.test(text) ? this.text(text) : this.free(text);
  }

  /** One line of what changed: a rule with its description, or a field (`tags.env: "prod"`). */
  changed(text: string): string {
    const [, path, value] = /^([A-Za-z]+(?:\.[^:]*)?): (.*)$/s.exec(text) ?? [];
    if (path !== undefined && value !== undefined) {
      const [first = '', ...rest] = path.split('.');
      const names = rest.length === 0 ? [] : [this.data(rest.join('.'))];
      return `${[first, ...names].join('.')}: ${this.#json(value)}`;
    }
    const at = text.lastIndexOf('   "');
    return at < 0 ? this.row(text) : `${this.row(text.slice(0, at))}   ${this.#json(text.slice(at + 3))}`;
  }

  #json(text: string): string {
    const walk = (value: unknown): unknown => {
      if (typeof value === 'string') return this.data(value);
      if (Array.isArray(value)) return value.map(walk);
      if (typeof value !== 'object' || value === null) return value;
      const entries = Object.entries(value).map(([key, item]) => [
        /^[a-z][A-Za-z0-9]*$/.test(key) ? key : this.data(key),
        walk(item),
      ]);
      return Object.fromEntries(entries);
    };
    try {
      return JSON.stringify(walk(JSON.parse(text)));
    } catch {
      return JSON.stringify(this.data(text));
    }
  }

  /** "batch (sg-0bc2) in archive": one of several that could be meant. */
  candidate(text: string): string {
    const [, name, id, scope] = /^(.*) \(([^()\s]+)\)(?: in (.*))?$/s.exec(text) ?? [];
    if (name === undefined || id === undefined) return this.data(text);
    return `${this.data(name)} (${this.data(id)})${scope === undefined ? '' : ` in ${this.data(scope)}`}`;
  }

  /** Lines of the config: keys stay, what is between quotation marks is data. */
  config(text: string): string {
    this.#own.add(text);
    return text
      .split(/("(?:[^"\\]|\\.)*")/)
      .map((part, i) => (i % 2 === 1 ? JSON.stringify(this.data(unquoted(part))) : this.#settings(part)))
      .join('');
  }

  #settings(text: string): string {
    return text.replace(/[^\s{}[\]:,#-]+/g, (word) =>
      /^[a-z][A-Za-z]*$/.test(word) && (SETTINGS.has(word) || isToolWord(word)) ? word : this.data(word),
    );
  }

  #terms(value: string): string {
    return this.#sentences
      ? value.replace(/[^\s,;()]+/g, (word) =>
          isTerm(word) || isToolWord(word) || isPublic(word) ? word : this.names.data(word),
        )
      : value;
  }

  #divided(text: string, by: string, write: (left: string, right: string) => string): string {
    const at = text.indexOf(by);
    return at < 0
      ? this.#textOr(text, () => this.names.data(text, 'text'))
      : write(text.slice(0, at), text.slice(at + by.length));
  }
}

/** The keys of the config that a suggestion may write. */
const SETTINGS: ReadonlySet<string> = new Set(
  'names vpcs cidrs images keyPairs securityGroups prefixLists launchTemplates launchConfigurations autoScalingGroups stacks instances'.split(
    ' ',
  ),
);

function unquoted(text: string): string {
  try {
    return String(JSON.parse(text));
  } catch {
    return text.slice(1, -1);
  }
}
