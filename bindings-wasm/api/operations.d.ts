import type { Ledger } from "./ledger.js";
import type { Actor, Channel, CommandContext, Operations, PackCustomers, PackInput, PackOutput, PackedColumn, PackedCustomers } from "./wasm/daicho.types.js";
/** What of a command's context is still open when actor, channel and clock are given. */
export type CommandDetails = Partial<Pick<CommandContext, "key" | "entropy">>;
/** The operations of a ledger for one actor, channel and clock. */
export type BoundOperations = {
    readonly [Name in Exclude<keyof Operations, "packCustomers">]: Operations[Name] extends (input: infer Input, context: infer Context) => infer Result ? Context extends CommandContext ? (input: Input, details?: CommandDetails) => Result : (input: Input) => Result : never;
} & {
    readonly packCustomers: <Column extends PackedColumn = never>(input: PackInput<PackCustomers, Column>) => Promise<PackOutput<PackedCustomers, Column>>;
};
/** Puts one method for each operation on the prototype, unless they are there. */
export declare function install(prototype: Ledger): void;
/** The methods with actor, channel and clock filled in. */
export declare function bind(ledger: Ledger, actor: Actor, channel: Channel, now: () => number | Date): BoundOperations;
