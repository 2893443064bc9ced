import * as sdk from '@aws-sdk/client-ec2';
import { type Shape, shapeOf } from '../endpoint/wire.ts';

/** What the data of a launch template may have. */
export const DATA_SHAPE: Shape = shapeOf(sdk.RequestLaunchTemplateData$);

/** The least data that has a member, for each member of a shape that has no members itself. */
export function leavesOf(shape: Shape): { readonly path: string; readonly data: Record<string, unknown> }[] {
  return (shape.members ?? []).flatMap(([name, schema]) =>
    valuesOf(shapeOf(schema)).map(({ path, value }) => ({
      path: path === '' ? name : `${name}.${path}`,
      data: { [name]: value },
    })),
  );
}

function valuesOf(shape: Shape): { readonly path: string; readonly value: unknown }[] {
  switch (shape.kind) {
    case 'structure':
      return leavesOf(shape).map(({ path, data }) => ({ path, value: data }));
    case 'list':
      return valuesOf(shapeOf(shape.item)).map(({ path, value }) => ({ path, value: [value] }));
    case 'number':
      return [{ path: '', value: 60 }];
    case 'boolean':
      return [{ path: '', value: true }];
    case 'timestamp':
      return [{ path: '', value: new Date(0) }];
    default:
      return [{ path: '', value: 'x' }];
  }
}
