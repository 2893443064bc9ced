import { isListed } from './actions.ts';

/** A defect of the tool: it was about to send something that is not in the list of what it may ask. */
export class NotReadOnly extends Error {
  override name = 'NotReadOnly';
  constructor(action: string) {
    super(
      `Refused to send ${action}: ec2-parity sends only the read actions that src/collectors/actions.ts lists.`,
    );
  }
}

/** Whether an action may be sent at all: it is on a list, and its name says that it reads. */
export function isReadOnly(action: string): boolean {
  return isListed(action) && /^(Describe|Get|List)[A-Z]/.test(action);
}

/** The actions of one service, by name. */
export type Actions = Readonly<Record<string, object>>;

/** What the guard uses of an SDK client. */
interface GuardedClient {
  readonly middlewareStack: {
    // biome-ignore lint/suspicious/noExplicitAny: the SDK types middleware by each client's inputs and outputs
    add(middleware: any, options: { step: 'initialize'; priority: 'high'; name: string }): void;
  };
}

/**
 * The tool is read-only by construction: every client it makes refuses, before anything is signed or sent, an action
 * that is not on the list of its service: several services have actions of one name. (AssumeRole is sent by the SDK's credential provider, on a separate client.)
 */
export function guard<Client extends GuardedClient>(client: Client, actions: Actions): Client {
  client.middlewareStack.add(
    (next: (args: unknown) => unknown, context: { commandName?: string }) => async (args: unknown) => {
      const action = (context.commandName ?? 'an unnamed command').replace(/Command$/, '');
      if (!Object.hasOwn(actions, action) || !isReadOnly(action)) throw new NotReadOnly(action);
      return next(args);
    },
    { step: 'initialize', priority: 'high', name: 'readOnlyGuard' },
  );
  return client;
}
