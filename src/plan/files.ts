/** The files of a bundle. */
export const BUNDLE_FILES = ['plan.md', 'plan.json', 'plan.sh'] as const;
