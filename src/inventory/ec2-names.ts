import type { CreatedKind } from './template.ts';

/** Letters, digits and what else names and descriptions of security groups and their rules may hold (EC2 API Reference). */
const OF_GROUPS = 'a-zA-Z0-9 ._\\-:/()#,@[\\]+=&;{}!$*';
const GROUP_TEXT = new RegExp(`^[${OF_GROUPS}]*$`);

/** Why AWS refuses a name in every region: "cannot begin with …"; null where it takes it. */
export function nameFault(to: CreatedKind, name: string): string | null {
  switch (to) {
    case 'key-pair':
      return first(
        tooLong(name, 255),
        /^\s|\s$/.test(name) && 'cannot begin or end with a space',
        !/^[\x20-\x7e]*$/.test(name) && 'may hold ASCII characters only',
      );
    case 'security-group': {
      // Trailing spaces are cut off, and upper and lower case are one (EC2 API Reference, CreateSecurityGroup).
      const plain = name.trimEnd().toLowerCase();
      return first(
        tooLong(name, 255),
        plain === 'default' && 'is reserved for the default group of a VPC',
        plain.startsWith('sg-') && 'cannot begin with "sg-"',
        !GROUP_TEXT.test(name) && GROUP_CHARACTERS,
      );
    }
    case 'launch-template':
      return first(
        tooLong(name, 128),
        name.length < 3 && 'needs at least 3 characters',
        !/^[a-zA-Z0-9().\-/_]*$/.test(name) && 'may hold letters, digits and ().-/_ only',
      );
    case 'auto-scaling-group':
      return first(tooLong(name, 255), name.includes(':') && 'cannot hold a colon');
    case 'launch-configuration':
    case 'placement-group':
      return tooLong(name, 255);
    case 'instance-profile':
      return first(tooLong(name, 128), ofIam(name));
    case 'role':
      return first(tooLong(name, 64), ofIam(name));
    case 'target-group':
    case 'classic-load-balancer':
      return first(
        tooLong(name, 32),
        !/^[a-zA-Z0-9-]*$/.test(name) && 'may hold letters, digits and hyphens only',
        /^-|-$/.test(name) && 'cannot begin or end with a hyphen',
      );
    case 'parameter':
      return first(
        /^(?:aws|ssm|\/(?:aws|ssm)(?:\/|$))/i.test(name) && 'cannot begin with "aws" or "ssm"',
        !/^[a-zA-Z0-9_.\-/]*$/.test(name) && 'may hold letters, digits and _.-/ only',
      );
    case 'export':
      return tooLong(name, 255);
  }
}

const GROUP_CHARACTERS = 'may hold a-z, A-Z, 0-9, spaces and ._-:/()#,@[]+=&;{}!$* only';

/** The same of the description of a security group or of a rule. */
export function groupDescriptionFault(text: string): string | null {
  return first(tooLong(text, 255), !GROUP_TEXT.test(text) && GROUP_CHARACTERS);
}

function ofIam(name: string): string | false {
  return !/^[\w+=,.@-]*$/.test(name) && 'may hold letters, digits and _+=,.@- only';
}

function tooLong(text: string, most: number): string | null {
  return text.length > most ? `may have at most ${most} characters` : null;
}

function first(...faults: readonly (string | false | null)[]): string | null {
  return faults.find((fault) => typeof fault === 'string') || null;
}
