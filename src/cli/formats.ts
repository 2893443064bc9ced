/** The formats a report can be rendered to, as `-o` names them. */
export const FORMATS = ['terminal', 'html', 'md', 'json', 'sarif', 'junit'] as const;
export type Format = (typeof FORMATS)[number];
