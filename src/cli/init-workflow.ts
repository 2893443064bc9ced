import type { SideName } from '../report/vocabulary.ts';
import { pinned } from './pinned-actions.ts';

/** A side as the job audits it. */
export interface WorkflowSide {
  /** A region, or the path of a file or folder of the repository. */
  readonly text: string;
  /** Whether it is read from AWS. */
  readonly isLive: boolean;
  /** Whether a profile of the own machine was named: the job assumes a role in its place. */
  readonly hasProfile: boolean;
  /** The region of dumps that do not name it; absent where it was not given. */
  readonly region?: string | undefined;
}

/**
 * A job on GitHub: read-only credentials by OIDC, the accepted state from the repository, the history from the cache. What
 * was typed reaches the shell as variables, never as a part of a line.
 * @param version Of the tool: the job runs the version that wrote it.
 */
export function workflowText(
  sides: Readonly<Record<SideName, WorkflowSide>>,
  config: string,
  version: string,
): string {
  const { source, target } = sides;
  const isLive = source.isLive || target.isLive;
  const roles = (['source', 'target'] as const).filter((side) => sides[side].hasProfile);
  const regions = (['source', 'target'] as const).filter((side) => sides[side].region !== undefined);
  const env = [
    ['SOURCE', word(source.text)],
    ['TARGET', word(target.text)],
    ['CONFIG', word(config)],
    ...regions.map((side) => [`${side.toUpperCase()}_REGION`, word(sides[side].region ?? '')]),
    ...roles.map((side) => [
      `${side.toUpperCase()}_ROLE`,
      `\${{ vars.EC2_PARITY_${side.toUpperCase()}_ROLE }}`,
    ]),
  ];
  const flags = [
    ...regions.map((side) => `--${side}-region "$${side.toUpperCase()}_REGION"`),
    ...roles.map((side) => `--${side}-role-arn "$${side.toUpperCase()}_ROLE"`),
  ];
  return `# Audits two sides every night and fails on what is new or worse. To accept what is known: take report.json from the
# artifacts of a run, \`ec2-parity accept report.json -o baseline.json\`, and commit baseline.json.
name: EC2 parity
on:
  schedule:
    - cron: "17 2 * * *"
  workflow_dispatch:
permissions:
  contents: read
${isLive ? '  id-token: write\n' : ''}concurrency:
  group: ec2-parity
jobs:
  drift:
    runs-on: ubuntu-latest
    timeout-minutes: 60
    env:
${env.map(([key, value]) => `      ${key}: ${value}`).join('\n')}
    steps:
      - uses: ${pinned('actions/checkout')}
        with:
          persist-credentials: false
      - uses: ${pinned('actions/setup-node')}
        with:
          node-version: 22
${isLive ? credentials(roles) : ''}      - uses: ${pinned('actions/cache/restore')}
        with:
          path: ec2-parity-history
          key: ec2-parity-history-\${{ github.run_id }}-\${{ github.run_attempt }}
          restore-keys: ec2-parity-history-
      - run: |
          npx --yes ec2-parity@${version} audit "$SOURCE" "$TARGET" --config "$CONFIG" --phase drift \\
${flags.map((flag) => `            ${flag} \\\n`).join('')}            --baseline baseline.json --baseline-optional --history ec2-parity-history \\
            -o json=reports/report.json -o html=reports/report.html -o md=reports/report.md -o terminal
      # A night with drift fails the step above. Its history is kept nevertheless.
      - if: always()
        uses: ${pinned('actions/cache/save')}
        with:
          path: ec2-parity-history
          key: ec2-parity-history-\${{ github.run_id }}-\${{ github.run_attempt }}
      - if: always()
        run: test ! -f reports/report.md || cat reports/report.md >> "$GITHUB_STEP_SUMMARY"
      - if: always()
        uses: ${pinned('actions/upload-artifact')}
        with:
          name: ec2-parity
          path: reports
`;
}

function credentials(roles: readonly SideName[]): string {
  const assumes =
    roles.length === 0
      ? ''
      : ` It has to be allowed to assume ${roles.map((side) => `EC2_PARITY_${side.toUpperCase()}_ROLE`).join(' and ')} too.`;
  return `      # The role needs what \`ec2-parity iam-policy\` prints, and no more.${assumes}
      - uses: ${pinned('aws-actions/configure-aws-credentials')}
        with:
          role-to-assume: \${{ vars.EC2_PARITY_ROLE }}
          aws-region: \${{ vars.AWS_REGION || 'us-east-1' }}
`;
}

/** What begins an expression. */
const OPEN = '${{';

/** A YAML string that is itself, and no expression of GitHub's. */
function word(text: string): string {
  return JSON.stringify(text.replaceAll(OPEN, `${OPEN} '${OPEN}' }}`));
}
