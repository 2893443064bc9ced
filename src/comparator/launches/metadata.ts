import type { Context } from '../context.ts';
import { factsOf } from './facts.ts';
import { type Checked, NOTHING_FOUND, notKnown } from './judging.ts';
import type { Start } from './starts.ts';

/** Where a launch that the enforcement of IMDSv2 refuses takes HttpTokens from; null: it sets "optional" itself. */
export type TokensFrom = 'default' | 'image' | null;

/**
 * Whether EC2 refuses the launch because the target's account enforces IMDSv2. HttpTokens is taken from the launch, else
 * from the default of the account, else from the image; where none of them requires it, the launch fails (EC2 User Guide,
 * "Order of precedence for instance metadata options").
 */
export function metadataChecks(
  start: Start,
  kind: string,
  context: Context,
  refuse: (steps: string[], from: TokensFrom) => Checked,
): Checked {
  const { httpTokens, metadataEndpoint } = start.details;
  if (httpTokens === 'required' || start.metadata === 'elsewhere') return NOTHING_FOUND;
  const facts = factsOf(context).target;
  const why = facts.unread('metadataDefaults');
  if (why) return notKnown(why, 'metadataDefaults', facts, 'IMDSv1');
  const [account] = facts.all('metadataDefaults') ?? [];
  if (account?.httpTokensEnforced !== 'enabled') return NOTHING_FOUND;
  const enforced = `the account enforces IMDSv2 in ${facts.place}`;
  const unknown = (text: string): Checked => ({
    ...NOTHING_FOUND,
    unread: [
      {
        steps: ['IMDSv1', `${enforced}, and ${text}`],
        kind: 'metadataDefaults',
        part: 'type',
        side: 'target',
      },
    ],
  });
  const omitted = (what: string, because: string): Checked => ({
    ...NOTHING_FOUND,
    omissions: [{ what: `${what} (whether each requires IMDSv2)`, side: 'target', because, parts: ['type'] }],
  });
  if (httpTokens === null && start.metadata === 'of-service')
    return omitted(
      'metadata options of instances that services start',
      `The services choose what templates do not set, and ${enforced}.`,
    );
  const from = httpTokens === null ? tokensFrom(start, account.httpTokens) : null;
  // Where the image is missing or could not be read, the reference to it says so.
  if (from === 'required' || from === 'absent') return NOTHING_FOUND;
  // EC2 returns the metadata options of each instance: an answer without them is not whole.
  if (httpTokens === null && kind === 'instance')
    return unknown('whether the instance requires it was not read');
  if (from === 'unread') return unknown('whether the image requires it was not read');
  if (from === 'unnamed')
    return omitted(
      'images that are chosen when an instance is launched',
      `Some launches name no image and do not set HttpTokens, and ${enforced}.`,
    );
  // AWS does not document whether an instance without a metadata endpoint counts as one that admits IMDSv1.
  if ((metadataEndpoint ?? account.httpEndpoint) === 'disabled')
    return unknown(
      'AWS does not document whether EC2 refuses an instance with HttpTokens optional whose metadata endpoint is disabled',
    );
  return refuse(['IMDSv1', `${enforced}, and EC2 refuses a launch that admits IMDSv1`], from);
}

/** What decides HttpTokens where the launch does not set it. */
function tokensFrom(
  { image, imageStatus }: Start,
  ofAccount: string | null,
): Exclude<TokensFrom, null> | 'required' | Exclude<Start['imageStatus'], 'known'> {
  if (ofAccount === 'required') return 'required';
  if (ofAccount === 'optional') return 'default';
  if (image !== null) return image.imds === 'v2.0' ? 'required' : 'image';
  return imageStatus === 'known' ? 'unread' : imageStatus;
}
