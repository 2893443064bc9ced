import { afterEach, describe, expect, it } from 'vitest';
import type { Plan } from '../../src/plan/model.ts';
import { planOf } from './plan-of.ts';
import { PlanFolder } from './run-plan.ts';

const PLAN: Plan = planOf({
  copy: {
    type: 'copy-image',
    imageId: 'ami-1',
    sourceRegion: 'us-east-1',
    name: 'golden',
    description: null,
    tags: {},
    copyTags: true,
    encrypted: false,
    chosenKey: false,
  },
  wait: { type: 'wait-for-image', image: { madeBy: 'copy' }, name: 'golden' },
});

/** One image that can be copied; its state is in a file. HANG: CopyImage is carried out, and its answer takes long. */
const EC2 = (onSignal: string) => `${onSignal}
case $* in
  *get-caller-identity*) echo 111122223333 ;;
  *copy-image*)
    echo ami-2 >> "$STATE/copies"
    if [ -n "\${HANG:-}" ]; then sleep 20; fi
    echo ami-2 ;;
  *'Images[?Name=='*) if [ -f "$STATE/copies" ]; then cat "$STATE/copies"; fi ;;
  *SourceImageId*) echo ami-1 ;;
  *'Images[].[State]'*) echo "\${IMAGE_STATE:-available}" ;;
esac`;
/** The AWS CLI ends with 130 at a Ctrl-C, and is not ended by the signal: bash goes on with the script then. */
const AWS = EC2("trap 'exit 130' INT");

const GO_ON = (step: number) =>
  `plan.sh: stopped in step ${step} of 2. Run the script again to go on: it does not repeat what is done.\n`;

let made: PlanFolder | undefined;
const folder = (aws = AWS) => {
  made = new PlanFolder(PLAN, aws);
  return made;
};
afterEach(() => made?.remove());

const copies = (plan: PlanFolder) => plan.calls().filter((call) => call.includes('copy-image')).length;

describe.each(['dash', 'bash'] as const)('plan.sh under %s', (shell) => {
  it.each([
    ['SIGINT', true, 130],
    ['SIGTERM', false, 143],
    ['SIGHUP', false, 129],
  ] as const)(
    'stops at once at %s while it waits, says how to go on, and goes on when it is run again',
    async (signal, all, code) => {
      const plan = folder();
      const stop = { at: 'Images[].[State]', signal, all };
      const ended = await plan.run(shell, { stop, env: { IMAGE_STATE: 'pending' } });
      expect(ended).toMatchObject({ code, stderr: GO_ON(2) });
      expect(ended.milliseconds).toBeLessThan(5000);
      expect(await plan.run(shell)).toMatchObject({ code: 0, stderr: '' });
      expect(copies(plan)).toBe(1);
    },
  );

  it.each([
    ['ends by itself', AWS],
    ['is ended by the signal', EC2('')],
  ])('stops at Ctrl-C in a call of the AWS CLI, which %s, and finds what the call made', async (_, aws) => {
    const plan = folder(aws);
    const stop = { at: 'copy-image', signal: 'SIGINT', all: true } as const;
    const ended = await plan.run(shell, { stop, env: { HANG: 'yes' } });
    expect(ended).toMatchObject({ code: 130, stderr: GO_ON(1) });
    expect(ended.milliseconds).toBeLessThan(5000);
    expect(await plan.run(shell)).toMatchObject({ code: 0, stderr: '' });
    expect(copies(plan)).toBe(1);
  });

  it('waits for an image no longer than it is given, and can wait on', async () => {
    const plan = folder();
    plan.program('sleep', 'echo "$1" >> "$STATE/slept"');
    const ended = await plan.run(shell, { env: { IMAGE_STATE: 'pending', WAIT_MINUTES: '2' } });
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain('the image ami-2 is still in state pending after 2 minutes');
    expect(ended.stderr).toContain(GO_ON(2));
    expect(plan.calls().filter((call) => call.includes('Images[].[State]'))).toHaveLength(9);
    expect(await plan.run(shell)).toMatchObject({ code: 0, stderr: '' });
  });

  it('says where it stopped when a call fails', async () => {
    const plan = folder(`case $* in *copy-image*) echo 'no quota' >&2; exit 254 ;; esac\n${AWS}`);
    expect(await plan.run(shell)).toMatchObject({ code: 254, stderr: `no quota\n${GO_ON(1)}` });
  });
});
