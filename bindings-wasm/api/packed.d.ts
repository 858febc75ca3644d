import type { CustomerId, PackedColumn, Unpacked } from "./wasm/daicho.types.js";
/** What stands in a column of days where there is no day. */
export declare const NO_DAY = -2147483648;
/** The id with an ordinal. */
export declare function customerId(ordinal: number): CustomerId;
/**
 * Reads the bytes of a packed answer that another door gave, such as those of a server. What `packCustomers` answers here has been read already. The
 * columns that were asked for are named by the caller: `unpack<"visits" | "amount">(bytes)`.
 */
export declare function unpack<Column extends PackedColumn = never>(bytes: Uint8Array): Unpacked<Column>;
