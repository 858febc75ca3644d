/** Tests that are written once and run in every runtime, and the few assertions they need: no runtime's own. */

type Body = () => void | Promise<void>;

/** Every registered test by its name. */
export const registry = new Map<string, Body>();

export function test(name: string, body: Body): void {
  if (registry.has(name)) throw new Error(`two tests are named "${name}"`);
  registry.set(name, body);
}

export function ok(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Error(`not so: ${what}`);
}

/** Equal as JSON with sorted keys: what crosses a boundary is no more than that. */
export function same(actual: unknown, expected: unknown): void {
  const [left, right] = [canonical(actual), canonical(expected)];
  if (left !== right) throw new Error(`expected ${right}\n  but was ${left}`);
}

/** The error an action rejects or throws with, which must be of the class. */
export async function thrown<T extends Error>(kind: new (...values: never[]) => T, action: Body): Promise<T> {
  try {
    await action();
  } catch (error) {
    if (error instanceof kind) return error;
    throw new Error(`expected ${kind.name}, but got ${String(error)}`, { cause: error });
  }
  throw new Error(`expected ${kind.name}, but nothing was thrown`);
}

function canonical(value: unknown): string {
  const text = JSON.stringify(value, (_, inner: unknown) =>
    inner !== null && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
  return text ?? "undefined";
}
