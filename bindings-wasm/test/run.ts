/** Other programs, with what they said in the error when they fail. */
import { execFile } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The package's directory. */
export const PACKAGE = join(dirname(fileURLToPath(import.meta.url)), "..");

export function run(program: string, args: readonly string[], directory: string): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(program, args, { cwd: directory, encoding: "utf8" }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`${program} ${args.join(" ")}\n${stdout}${stderr}`, { cause: error }));
    });
  });
}

/** The type checker over one project. */
export function typeCheck(project: string): Promise<string> {
  return run(process.execPath, [join(PACKAGE, "node_modules/typescript/bin/tsc"), "--noEmit", "--project", project], PACKAGE);
}
