/** Carrying a task's questions to the store and the replies back, until it has its answer. */
import { DaichoError, type DaichoErrorCode } from "./error.js";
import type { Change, Changes, Loaded, Read, Scanned, Store } from "./store.js";

/** A request on its way, as the module sees it. */
export interface Task {
  next(reply?: string): string;
  free(): void;
}

type StoreRequest =
  | { readonly type: "load"; readonly reads: readonly Read[] }
  | { readonly type: "scan"; readonly kind: string; readonly after: string; readonly limit: number }
  | { readonly type: "changes"; readonly since: number; readonly limit: number }
  | ({ readonly type: "commit" } & Change);

type StoreReply =
  | ({ readonly type: "loaded" } & Loaded)
  | ({ readonly type: "scanned" } & Scanned)
  | ({ readonly type: "changes" } & Changes)
  | { readonly type: "committed" }
  | { readonly type: "conflict" };

type Step =
  | { readonly ask: StoreRequest }
  | { readonly done: unknown }
  | { readonly error: { readonly code: DaichoErrorCode; readonly detail: string; readonly fields: readonly string[] } };

/** Drives a task to its end and frees it. */
export async function drive(task: Task, store: Store, salon: string): Promise<unknown> {
  let usable = true;
  try {
    let reply: StoreReply | undefined;
    for (;;) {
      const step = advance(task, reply);
      if ("done" in step) return step.done;
      if ("error" in step) throw new DaichoError(step.error.code, step.error.detail, step.error.fields);
      reply = await ask(store, salon, step.ask);
    }
  } catch (error) {
    usable = !(error instanceof DaichoError && error.code === "module_stopped");
    throw error;
  } finally {
    // A stopped module refuses to free, and its complaint would hide the error that matters.
    if (usable) task.free();
  }
}

function advance(task: Task, reply: StoreReply | undefined): Step {
  const text = reply === undefined ? undefined : JSON.stringify(reply);
  return JSON.parse(guarded(() => task.next(text))) as Step;
}

/** A call into the module. A trap there leaves it unusable: it becomes a typed error that says so. */
export function guarded<T>(call: () => T): T {
  try {
    return call();
  } catch (cause) {
    if (!(cause instanceof WebAssembly.RuntimeError)) throw cause;
    throw new DaichoError("module_stopped", "the WebAssembly module stopped: the page or worker must be loaded anew", [], { cause });
  }
}

async function ask(store: Store, salon: string, request: StoreRequest): Promise<StoreReply> {
  try {
    switch (request.type) {
      case "load":
        return { type: "loaded", ...(await store.load(salon, request.reads)) };
      case "scan":
        return { type: "scanned", ...(await store.scan(salon, request.kind, request.after, request.limit)) };
      case "changes":
        return { type: "changes", ...(await store.changes(salon, request.since, request.limit)) };
      case "commit": {
        const { type: _, ...change } = request;
        return { type: await store.commit(salon, change) };
      }
    }
  } catch (cause) {
    if (cause instanceof DaichoError) throw cause;
    throw new DaichoError("store_failed", "the store could not do its work", [], { cause });
  }
  const unknown: never = request;
  throw new DaichoError("internal", `the module asked the store something unknown: ${Object.keys(unknown).join(", ")}`);
}

