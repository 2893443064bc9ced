/** Types with option settings: pairs of a namespace and a name, each with a text. */
export const OPTION_TYPES = [
  'AWS::ElasticBeanstalk::Environment',
  'AWS::ElasticBeanstalk::ConfigurationTemplate',
] as const;

/** The path of an option's value. */
export function optionPath(namespace: string, name: string): readonly string[] {
  return ['OptionSettings', '*', `[Namespace=${namespace},OptionName=${name}]`, 'Value'];
}
