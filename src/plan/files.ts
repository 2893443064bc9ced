/** The files of every bundle. */
export const BUNDLE_FILES = ['plan.md', 'plan.json', 'plan.sh', 'main.tf', 'cloudformation.json'] as const;
