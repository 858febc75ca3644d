/** The methods of a ledger, made from the module's list of operations. */
import { DaichoError } from "./error.js";
import type { Ledger } from "./ledger.js";
import { unpack } from "./packed.js";
import { randomHex, randomUuid } from "./random.js";
import type {
  Actor,
  Channel,
  CommandContext,
  Operations,
  PackCustomers,
  PackInput,
  PackOutput,
  PackedColumn,
  PackedCustomers,
  QueryContext,
} from "./wasm/daicho.types.js";
import { wasm } from "./wasm-module.js";

/** What of a command's context is still open when actor, channel and clock are given. */
export type CommandDetails = Partial<Pick<CommandContext, "key" | "entropy">>;

/** The operations of a ledger for one actor, channel and clock. */
export type BoundOperations = {
  readonly [Name in Exclude<keyof Operations, "packCustomers">]: Operations[Name] extends (input: infer Input, context: infer Context) => infer Result
    ? Context extends CommandContext
      ? (input: Input, details?: CommandDetails) => Result
      : (input: Input) => Result
    : never;
} & {
  readonly packCustomers: <Column extends PackedColumn = never>(input: PackInput<PackCustomers, Column>) => Promise<PackOutput<PackedCustomers, Column>>;
};

type Method = (this: Ledger, input: unknown, context: QueryContext | CommandContext) => Promise<unknown>;

/** The names: of commands, and of everything that only asks. */
function names(): { commands: readonly string[]; questions: readonly string[] } {
  const [commands = [], ...questions] = JSON.parse(wasm.operations()) as string[][];
  return { commands, questions: questions.flat() };
}

/** Puts one method for each operation on the prototype, unless they are there. */
export function install(prototype: Ledger): void {
  const { commands, questions } = names();
  if (questions[0] !== undefined && questions[0] in prototype) return;
  const put = (name: string, value: Method): void => {
    Object.defineProperty(prototype, name, { value, writable: true, configurable: true });
  };
  for (const name of commands) {
    put(name, function (input, context) {
      return run(this, name, input, context, true);
    });
  }
  for (const name of questions) {
    put(name, function (input, context) {
      return run(this, name, input, context, false);
    });
  }
}

/** The methods with actor, channel and clock filled in. */
export function bind(ledger: Ledger, actor: Actor, channel: Channel, now: () => number | Date): BoundOperations {
  const { commands, questions } = names();
  const bound: Record<string, (input: unknown, details?: CommandDetails) => Promise<unknown>> = {};
  for (const name of commands) bound[name] = (input, details) => run(ledger, name, input, { actor, channel, now: now(), ...details }, true);
  for (const name of questions) bound[name] = (input) => run(ledger, name, input, { actor, now: now() }, false);
  return bound as BoundOperations;
}

/** What only a command needs; a question is not made to wait for chance. */
function details({ channel, key = randomUuid(), entropy = randomHex() }: Partial<CommandContext>): Record<string, unknown> {
  return { channel, key, entropy };
}

async function run(ledger: Ledger, operation: string, input: unknown, context: QueryContext | Partial<CommandContext>, command: boolean): Promise<unknown> {
  const asked = { operation, input, actor: context.actor, now: Number(context.now) };
  const { answer, packed, cause } = await ledger.ask(JSON.stringify(command ? { ...asked, ...details(context) } : asked), true);
  if ("ok" in answer) return packed === undefined ? answer.ok : { ...(answer.ok as object), ...unpack(packed) };
  throw new DaichoError(answer.error, cause === undefined ? undefined : { cause });
}
