import { andMore, atMost } from '../../text/lists.ts';
import { visible } from '../../text/printable.ts';
import { type Finding, plainFacts } from '../model.ts';
import type { Facts, Json } from '../rules/shared.ts';
import { trafficView } from './traffic.ts';

/** Facts that distinguish one finding of a rule from another, the most specific first. */
const TEXTS = ['called', 'reference', 'text', 'profile', 'device', 'targetName'] as const;
const LISTS = ['attributes', 'keys', 'targetNames', 'parts'] as const;

/** So many items of a list, then "and 3 more". */
const MOST_ITEMS = 2;

/** What distinguishes a finding from the others of its rule, in few words: `ingress tcp 22 from 0.0.0.0/0`. Empty where nothing does. */
export function gistOf(finding: Finding): string {
  const facts = plainFacts(finding);
  return trafficGist(finding) || listGist(facts) || textGist(facts);
}

function trafficGist(finding: Finding): string {
  const traffic = trafficView(finding);
  const [first] = traffic?.rows ?? [];
  if (!traffic || !first) return '';
  return `${traffic.direction} ${first.what.replace(/ \([^)]*\)$/, '')} ${traffic.preposition} ${atMost(first.peers, MOST_ITEMS)} ${andMore(traffic.rows.length - 1)}`.trimEnd();
}

function textGist(facts: Facts): string {
  const key = TEXTS.find((name) => typeof facts[name] === 'string' && facts[name] !== '');
  return key === undefined ? '' : visible(String(facts[key]));
}

function listGist(facts: Facts): string {
  const lists = LISTS.map((name) => facts[name]).filter(isTexts);
  const [first] = lists.filter((list) => list.length > 0);
  return first ? atMost(first.map(visible), MOST_ITEMS) : '';
}

function isTexts(value: Json | undefined): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
