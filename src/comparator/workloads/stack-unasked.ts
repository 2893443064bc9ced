import { evaluate } from '../../cloudformation/evaluate.ts';
import { FACTS } from '../../inventory/launch-facts/kinds.ts';
import type { LaunchField, Template } from '../../inventory/template.ts';
import type { NotLookedAt } from '../../report/model.ts';
import type { Context } from '../context.ts';
import { isGiven } from './launch-texts.ts';
import { stacksOf } from './stack-users.ts';
import { placeIn } from './template-place.ts';

const CLASSIC: ReadonlySet<string> = new Set(['AWS::ElasticLoadBalancing::LoadBalancer', 'aws_elb']);

/** Whether a Classic Load Balancer that a group names by a text may be one of the same template. */
export function createsLoadBalancer(template: Template | null): boolean {
  return template?.resources.some(({ type }) => CLASSIC.has(type)) ?? false;
}

/** What launches of templates name and no one looks up on the target. */
export function namedNotLookedAt(context: Context): NotLookedAt[] {
  const named = (field: LaunchField) =>
    stacksOf(context)
      .filter(({ side }) => side === 'source')
      .flatMap(({ item }) => {
        const { template } = item;
        if (template === null) return [];
        const place = placeIn('target', item, context);
        return template.launches.flatMap(({ fields }) =>
          fields
            .filter((one) => one.field === field)
            .flatMap(({ value }) =>
              evaluate(value, template, place).map((outcome) => ({ template, outcome, item })),
            ),
        );
      });
  const platforms = named('platform').some(({ outcome }) => outcome.is !== 'absent');
  const balancers = named('load-balancer').some(({ template, outcome, item }) => {
    if (outcome.is === 'absent' || outcome.is === 'resource') return false;
    if (outcome.is !== 'value' || createsLoadBalancer(template)) return true;
    return isGiven(outcome, template) || (context.fileOf(item)?.applied ?? false);
  });
  const { many, decides } = FACTS.classicLoadBalancers;
  return [
    ...(platforms
      ? [
          {
            what: 'platforms of Elastic Beanstalk that templates name (whether each exists on the target)',
            side: 'target' as const,
            because: `ec2-parity does not read them in ${context.places.target}.`,
          },
        ]
      : []),
    ...(balancers
      ? [
          {
            what: `${many} that templates name by a parameter, or beside one that they create (${decides})`,
            side: 'target' as const,
            because: 'What they name is known only at deployment.',
          },
        ]
      : []),
  ];
}
