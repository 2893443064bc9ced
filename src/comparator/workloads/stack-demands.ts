import type { StackRefusal as Because } from '../../report/rules/launches.ts';

/** Why CloudFormation would not create the stack on the target, independent of what its resources refer to. */
export interface StackRefusal {
  readonly because: Exclude<Because, 'no-such-export' | 'no-such-zone'>;
  readonly resource: string;
  readonly path: string;
  readonly line: number | null;
  readonly file?: string | undefined;
  /** 'key pair "deploy"', or what the rule says. */
  readonly what: string;
}

export interface StackDoubt {
  readonly resource: string;
  readonly type: string;
  readonly why: string;
}

export interface Demands {
  readonly refusals: readonly StackRefusal[];
  readonly doubts: readonly StackDoubt[];
}
