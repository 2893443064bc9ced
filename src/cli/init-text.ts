/** A config in which every line is a comment: it says what can be set, and sets nothing. */
export function configText(suggestions: string | null): string {
  return `# Settings of ec2-parity. \`ec2-parity schema config\` prints all of them; a flag or an EC2_PARITY_* variable wins.

# What the audit is for: readiness, verification or drift.
# phase: readiness
# The lowest severity that makes exit code 1.
# failOn: high
# An earlier report, or a state that \`ec2-parity accept\` wrote.
# baseline: baseline.json

${suggestions === null ? MAPPING : suggested(suggestions)}
# What is audited, where that is not everything. The rest is counted, and read as evidence.
# include:
#   - { vpc: prod }
#   - { tag: "env=prod" }
# exclude:
#   - { kind: security-group, name: "launch-wizard-*" }

# Findings that are known and accepted. \`ec2-parity waive FINGERPRINT report.json\` writes an entry.
# waivers:
#   - rule: security-group/allows-more
#     subject: bastion
#     reason: the jump host is open during the move
#     owner: platform
#     until: 2027-01-31

# The severity of a rule, or off: for all subjects, or for some.
# rules:
#   image/tags-differ: off
#   security-group/extra: { severity: high, subject: "prod-*" }

# What \`ec2-parity matrix\` audits: each pair has a report, and all have one roll-up.
# pairs:
#   - { name: prod, source: us-east-1@prod, target: eu-west-1@dr }

# One attribute of one kind that is not compared.
# ignore:
#   - { kind: image, attribute: tags.BuildHost }
`;
}

const MAPPING = `# What the VPCs, names and address ranges of the source are called on the target.
# \`ec2-parity suggest-map SOURCE TARGET\` suggests lines.
# vpcs: { "prod": "prod-dr" }
# names: { keyPairs: { "deploy": "deploy-dr" } }
# cidrs: { "10.0.0.0/16": "10.1.0.0/16" }
`;

function suggested(yaml: string): string {
  const lines = yaml
    .trimEnd()
    .split('\n')
    .map((line) => (line === '' || line.startsWith('#') ? line : `# ${line}`));
  return `# Suggested from the two sides; remove the "# " of the lines that are right.\n${lines.join('\n')}\n`;
}
