/** Carrying the module's questions to the store and the replies back, until it has its answer. */
import { DaichoError, type Fault } from "./error.js";
import type { Batch, Loaded, Scanned, Store } from "./store.js";
import type { Entry, Kind, Read } from "./wasm/daicho.types.js";

/** Work on its way, as the module sees it. */
export interface Task {
  /** The next step; to the question `index` the reply has the block beside it. */
  next(reply?: string, block?: Uint8Array): string;
  /** The block that goes beside the question `keepIndex`. */
  block(): Uint8Array | undefined;
  /** The bytes beside an answer. */
  packed?(): Uint8Array | undefined;
  free(): void;
}

type Ask =
  | { readonly load: { readonly reads: readonly Read[] } }
  | { readonly scan: { readonly kind: Kind; readonly after?: string; readonly limit: number } }
  | { readonly changes: { readonly since: number; readonly limit: number } }
  | { readonly commit: Batch }
  | { readonly index: Record<string, never> }
  | { readonly keepIndex: Record<string, never> };

type Reply = Loaded | Scanned | { readonly entries: readonly Entry[] } | Record<string, never> | { readonly error: Fault };

/** A reply, and the bytes beside it. */
interface Replied {
  readonly reply: Reply;
  readonly block?: Uint8Array | undefined;
}

/** One step: a question (of a salon that is named, if it is not the ledger's own), the end, or an error of the steps themselves. */
type Step = { readonly ask: Ask; readonly salon?: string } | { readonly done: unknown } | { readonly error: Fault };

/** What a request is answered. */
export type Answer = { readonly ok: unknown } | { readonly error: Fault };

/** The end of work: what it came to and the bytes beside it, and what the store threw last, if that ended it. */
export interface Driven {
  readonly done: unknown;
  readonly packed: Uint8Array | undefined;
  readonly cause: unknown;
}

/** Drives work to its end and frees it. */
export async function drive(task: Task, store: Store, salon: string): Promise<Driven> {
  let usable = true;
  try {
    let replied: Replied | undefined;
    let cause: unknown;
    for (;;) {
      const step = advance(task, replied);
      if ("done" in step) return { done: step.done, packed: task.packed?.(), cause };
      if ("error" in step) throw new DaichoError(step.error);
      try {
        replied = await ask(store, step.salon ?? salon, step.ask, task);
        cause = undefined;
      } catch (thrown) {
        cause = thrown;
        replied = { reply: { error: storeFault(thrown) } };
      }
    }
  } catch (error) {
    usable = !(error instanceof DaichoError && error.code === "module.stopped");
    throw error;
  } finally {
    // A stopped module refuses to free, and its complaint would hide the error that matters.
    if (usable) task.free();
  }
}

function advance(task: Task, replied: Replied | undefined): Step {
  const text = replied === undefined ? undefined : JSON.stringify(replied.reply);
  return JSON.parse(guarded(() => task.next(text, replied?.block))) as Step;
}

/** A call into a module. A trap there leaves it unusable: it becomes a typed error that says so. */
export function guarded<T>(call: () => T): T {
  try {
    return call();
  } catch (cause) {
    // The module throws an error of its own as JSON text.
    if (typeof cause === "string") throw new DaichoError(JSON.parse(cause) as Fault);
    if (!(cause instanceof WebAssembly.RuntimeError)) throw cause;
    throw new DaichoError({ code: "module.stopped", detail: "the WebAssembly module stopped: the page or worker must be loaded anew" }, { cause });
  }
}

async function ask(store: Store, salon: string, asked: Ask, task: Task): Promise<Replied> {
  if ("load" in asked) {
    const { head, records } = await store.load(salon, asked.load.reads);
    return { reply: { head, records } };
  }
  if ("scan" in asked) {
    const { head, records } = await store.scan(salon, asked.scan.kind, asked.scan.after, asked.scan.limit);
    return { reply: { head, records } };
  }
  if ("changes" in asked) return { reply: { entries: await store.changes(salon, asked.changes.since, asked.changes.limit) } };
  if ("commit" in asked) {
    const committed = await store.commit(salon, asked.commit);
    return { reply: committed === "committed" ? {} : { error: { code: "store.conflict", detail: "" } } };
  }
  if ("index" in asked) return { reply: {}, block: await store.index?.(salon) };
  const block = guarded(() => task.block());
  if (block !== undefined) await store.keepIndex?.(salon, block);
  return { reply: {} };
}

/** What a store threw, as the module is told. Words of foreign errors stay outside: they may hold anything. */
function storeFault(thrown: unknown): Fault {
  if (thrown instanceof DaichoError && thrown.code.startsWith("store.")) return { code: thrown.code, detail: thrown.detail };
  return { code: "store.failed", detail: thrown instanceof Error ? `it threw ${thrown.name}` : "it threw something that is no Error" };
}
