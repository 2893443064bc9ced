/**
 * What the rows under a top-level key look like. Other services use the same keys (WorkSpaces and AppStream have
 * `Images`, OpsWorks has `Stacks`, ElastiCache, Redshift, FSx and Directory Service have `Snapshots`), so rows are known by
 * their shape.
 */
export interface Shape {
  /** The field that names a row of EC2 (or Auto Scaling, CloudFormation, Systems Manager). */
  readonly id: string;
  /** What such a name looks like, where other services have a field of the same name. */
  readonly pattern?: RegExp;
  /** Fields that only the rows of another service have, which gives the name field the same kind of name. */
  readonly others?: readonly string[];
  /** Fields that show a row without that name to be ours and broken, not another service's. */
  readonly own: readonly string[];
  /** What a row has to have, beside its name, to be known without the top-level key; null where nothing is enough. */
  readonly bare: readonly string[] | null;
}
