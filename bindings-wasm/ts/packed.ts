/** Bulk answers: the bytes of a packed answer as arrays. The layout is written down at `Packed` of the core. */
import { DaichoError } from "./error.js";
import type { CustomerId, PackedColumn, Unpacked } from "./wasm/daicho.types.js";

/** What stands in a column of days where there is no day. */
export const NO_DAY = -2_147_483_648;

/** The id with an ordinal. */
export function customerId(ordinal: number): CustomerId {
  return `c${ordinal}` as CustomerId;
}

const MAGIC = "daichop1";
const HEAD = 16;
const ENTRY = 32;
const NAME = 24;
const ASCII = new TextDecoder("latin1");

/** Yen as JavaScript has numbers: whole, and exact as far as 2⁵³. */
function yen(buffer: ArrayBuffer, from: number, rows: number): Float64Array {
  const low = new Uint32Array(buffer, from, 2 * rows);
  const high = new Int32Array(buffer, from, 2 * rows);
  const all = new Float64Array(rows);
  for (let row = 0; row < rows; row++) all[row] = (high[2 * row + 1] ?? 0) * 2 ** 32 + (low[2 * row] ?? 0);
  return all;
}

/** By the code of their packing, with the bytes of a value. Each but the last is a view: nothing is copied. */
const PACKINGS = [
  undefined,
  { width: 1, array: (buffer: ArrayBuffer, from: number, rows: number) => new Uint8Array(buffer, from, rows) },
  { width: 4, array: (buffer: ArrayBuffer, from: number, rows: number) => new Uint32Array(buffer, from, rows) },
  { width: 4, array: (buffer: ArrayBuffer, from: number, rows: number) => new Int32Array(buffer, from, rows) },
  { width: 8, array: yen },
] as const;

/**
 * Reads the bytes of a packed answer that another door gave, such as those of a server. What `packCustomers` answers here has been read already. The
 * columns that were asked for are named by the caller: `unpack<"visits" | "amount">(bytes)`.
 */
export function unpack<Column extends PackedColumn = never>(bytes: Uint8Array): Unpacked<Column> {
  try {
    return read(bytes) as Unpacked<Column>;
  } catch (cause) {
    throw new DaichoError({ code: "ledger.bad_request", detail: "these are not the bytes of a packed answer", fields: ["packed"] }, { cause });
  }
}

function read(bytes: Uint8Array): { customers: unknown; columns: Record<string, unknown> } {
  // Arrays of wide numbers begin at multiples of their width, and at the beginning of a buffer all parts do. Not `slice`: a Buffer of Node's makes no copy.
  const whole = bytes.buffer instanceof ArrayBuffer && bytes.byteOffset % 8 === 0 ? bytes : new Uint8Array(bytes);
  const { byteOffset: begin } = whole;
  const buffer = whole.buffer as ArrayBuffer;
  const head = new DataView(buffer, begin, whole.byteLength);
  const [rows, parts] = [head.getUint32(8, true), head.getUint32(12, true)];
  // All names at once: letter by letter they would take longer than everything else.
  const text = ASCII.decode(whole.subarray(0, HEAD + parts * ENTRY));
  if (!text.startsWith(MAGIC)) throw new RangeError("another format");
  const columns: Record<string, unknown> = {};
  for (let entry = HEAD; entry < HEAD + parts * ENTRY; entry += ENTRY) {
    const packing = PACKINGS[head.getUint32(entry + NAME, true)];
    if (packing === undefined) throw new RangeError("another packing");
    const from = head.getUint32(entry + NAME + 4, true);
    // The buffer may go on beyond these bytes, with somebody else's.
    if (from + rows * packing.width > whole.byteLength) throw new RangeError("beyond the end");
    const end = text.indexOf("\0", entry);
    columns[text.slice(entry, end < 0 ? entry + NAME : Math.min(end, entry + NAME))] = packing.array(buffer, begin + from, rows);
  }
  const { customer: customers, ...rest } = columns;
  if (customers === undefined) throw new RangeError("no customers");
  return { customers, columns: rest };
}
