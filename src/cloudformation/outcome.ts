/** Where a template is thought to be deployed. */
export interface Place {
  readonly region: string;
  readonly account: string | null;
  readonly stackName?: string | undefined;
  /** The value of an SSM parameter there; null where it is not known. */
  readonly parameter?: ((name: string) => string | null) | undefined;
  /** An attribute of an object there, by the parameter type that names such objects; null where it is not known. */
  readonly attribute?: ((type: string, id: string, name: string) => string | null) | undefined;
  /** The zones that Fn::GetAZs gives, by region; nothing of a region whose default subnets are not known. */
  readonly zones?: ReadonlyMap<string, readonly string[]> | undefined;
  /** What the stacks there export, by name; null or absent where it is not known. */
  readonly exports?: ReadonlyMap<string, string> | null | undefined;
}

/** What a value came through on its way; nothing where it is written in the property itself. */
export type Via =
  | { readonly is: 'parameter'; readonly name: string; readonly from: 'default' | 'value' }
  | { readonly is: 'mapping'; readonly map: string; readonly first: string; readonly second: string }
  | { readonly is: 'pseudo'; readonly name: string };

/** The answer to a condition that cannot be decided, under which an outcome holds. */
export interface When {
  readonly condition: string;
  readonly is: boolean;
}

/**
 * One value of an expression in a place. A list gives one outcome per item.
 * - `value`: an id or a name, as text.
 * - `ssm`: what the SSM parameter of this name holds in that region. `resolved`: its value in the stack's own region.
 * - `resource`: a resource of the same template, which is the right one in any place.
 * - `absent`: the property is not given (AWS::NoValue, an empty text, a resource that is not created).
 * - `no-mapping-row`: Fn::FindInMap finds nothing: the deployment fails. `second` is null where the map has no row at all for `first`
 *   and the second key is not known.
 * - `no-export`: Fn::ImportValue of a name that no stack there exports: the deployment fails.
 * - `no-zone`: Fn::Select takes a zone beyond those that Fn::GetAZs gives there: the deployment fails. `index` counts from 0.
 * - `unresolved`: cannot be known from the template; `what` is a phrase: 'Fn::ImportValue of "x"'.
 */
export type Outcome = (
  | { readonly is: 'value'; readonly value: string }
  | { readonly is: 'ssm'; readonly name: string; readonly resolved: string | null }
  | {
      readonly is: 'resource';
      readonly logicalId: string;
      readonly type: string;
      readonly attribute: string | null;
    }
  | { readonly is: 'absent' }
  | {
      readonly is: 'no-mapping-row';
      readonly map: string;
      readonly first: string;
      readonly second: string | null;
    }
  | { readonly is: 'no-export'; readonly name: string }
  | { readonly is: 'no-zone'; readonly index: number; readonly count: number }
  | { readonly is: 'unresolved'; readonly what: string }
) & {
  readonly via: readonly Via[];
  /** Of the default or mapping row that it comes from; null: it is written at the reference itself. */
  readonly line: number | null;
  /** Of the line, where that is the file of a nested stack. */
  readonly file?: string | undefined;
  /** Empty: it is certain. Else it is one of several possible outcomes. */
  readonly when: readonly When[];
};
