import { compareText } from '../../inventory/order.ts';
import { type Tags, userTags } from '../../inventory/tags.ts';
import type { TagFacts } from '../../report/rules/shared.ts';

/** Elastic Beanstalk generates the id of an environment in each region. */
function portableTags(tags: Tags): Tags {
  const { 'elasticbeanstalk:environment-id': _generated, ...others } = userTags(tags);
  return others;
}

/** Null when the user's tags agree. */
export function tagDifference(source: Tags, target: Tags): TagFacts | null {
  const [s, t] = [portableTags(source), portableTags(target)];
  const has = (tags: Tags, key: string) => Object.hasOwn(tags, key);
  const keys = [...new Set([...Object.keys(s), ...Object.keys(t)])]
    .filter((key) => has(s, key) !== has(t, key) || s[key] !== t[key])
    .sort(compareText);
  if (keys.length === 0) return null;
  const lines = (tags: Tags) => keys.filter((key) => has(tags, key)).map((key) => `${key} = ${tags[key]}`);
  return { keys, rows: { source: lines(s), target: lines(t) } };
}
