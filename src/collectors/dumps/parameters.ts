import { evaluate } from '../../cloudformation/evaluate.ts';
import { type Collected, complete, failed, itemsOf } from '../../inventory/collected.ts';
import { compareText } from '../../inventory/order.ts';
import {
  missingParameter,
  type Parameter,
  parameterFrom,
  parameterNameIn,
} from '../../inventory/parameter.ts';
import type { Snapshot } from '../../inventory/snapshot.ts';
import { shellWord } from '../../text/shell.ts';
import { withValue } from '../silent.ts';
import { collect, type Dump } from './answers.ts';
import { saving } from './kinds.ts';
import { parameterRow } from './workload-rows.ts';

/** Marks a name of which the answer says that there is no such parameter; SSM has no type of this name. */
const INVALID = 'invalid';

type Launchers = Pick<
  Snapshot,
  'instances' | 'launchTemplates' | 'launchConfigurations' | 'autoScalingGroups' | 'stacks'
>;

/**
 * The parameters that get-parameters answers hold; its invalid names are those that do not exist. Without such an answer
 * there is nothing to miss where nothing goes through a parameter: nothing requests it.
 */
export function collectParameters(
  dump: Dump,
  account: string | null,
  launchers: Launchers,
): Collected<Parameter> {
  const answers = dump.answers.map((answer) => {
    if (answer.key !== 'Parameters' || !Array.isArray(answer.value)) return answer;
    const { InvalidParameters: invalid } = answer.whole;
    const names = Array.isArray(invalid) ? invalid : [];
    return { ...answer, value: [...answer.value, ...names.map((Name) => ({ Name, Type: INVALID }))] };
  });
  const collected = collect(
    { ...dump, answers },
    'parameters',
    parameterRow,
    (row) => (row.Type === INVALID ? missingParameter(row.Name) : parameterFrom(withValue(row))),
    ({ id }) => id,
  );
  if (collected.status === 'complete' || collected.failure.code !== 'not-in-dump') return collected;
  const names = namesIn(launchers, dump.region ?? '', account);
  if (names.length === 0) return complete([]);
  // SSM takes ten names a call.
  const save = saving(
    dump,
    'Parameters.json',
    `get-parameters --names ${names.slice(0, 10).map(shellWord).join(' ')}`,
    'ssm',
  );
  return failed({
    ...collected.failure,
    hint: 'Save it there, at most ten names per call.',
    commands: [save],
  });
}

/** The names of the parameters that launches and templates need here. */
function namesIn(launchers: Launchers, region: string, account: string | null): string[] {
  const images = [
    ...itemsOf(launchers.launchTemplates).flatMap(({ versions }) =>
      (versions ?? []).map(({ launch }) => launch.imageId),
    ),
    ...itemsOf(launchers.autoScalingGroups).flatMap((g) => g.launches.map(({ imageId }) => imageId)),
  ];
  const direct = images.flatMap((text) => parameterNameIn(text) ?? []);
  const byTemplates = itemsOf(launchers.stacks).flatMap(({ template, name }) =>
    [
      ...(template?.references ?? []).filter(({ to }) => to === 'image'),
      ...(template?.lookUps ?? []),
    ].flatMap(({ value }) => {
      if (!template) return [];
      return evaluate(value, template, { region, account, stackName: name }).flatMap((outcome) =>
        outcome.is === 'ssm' ? [outcome.name] : [],
      );
    }),
  );
  return [...new Set([...direct, ...byTemplates])].sort(compareText);
}
