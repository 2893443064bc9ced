/** Each action of a workflow at the commit that its version names: a tag can be moved, a commit cannot. */
const PINNED_ACTIONS = {
  'actions/checkout': ['3d3c42e5aac5ba805825da76410c181273ba90b1', 'v7.0.1'],
  'actions/setup-node': ['820762786026740c76f36085b0efc47a31fe5020', 'v7.0.0'],
  'aws-actions/configure-aws-credentials': ['e6de054238d6b7531b4efff3b6587d9aade6a06c', 'v6.2.3'],
  'actions/cache/restore': ['27d5ce7f107fe9357f9df03efb73ab90386fccae', 'v5.0.5'],
  'actions/cache/save': ['27d5ce7f107fe9357f9df03efb73ab90386fccae', 'v5.0.5'],
  'actions/upload-artifact': ['bbbca2ddaa5d8feaa63e36b76fdaad77386f024f', 'v7.0.0'],
  'actions/download-artifact': ['3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c', 'v8.0.1'],
  'github/codeql-action/upload-sarif': ['8aad20d150bbac5944a9f9d289da16a4b0d87c1e', 'v4.36.2'],
} as const;

/** `actions/checkout@<commit> # v7.0.1`. */
export function pinned(action: keyof typeof PINNED_ACTIONS): string {
  const [commit, version] = PINNED_ACTIONS[action];
  return `${action}@${commit} # ${version}`;
}
