/** Serves the package and its tests to a browser on this machine. */
import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";

import { read } from "./vectors-on-disk.js";

const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".wasm": "application/wasm",
};

const PAGE = `<!doctype html>
<html lang="ja"><meta charset="utf-8"><link rel="icon" href="data:,"><title>daicho</title>
<script type="importmap">{"imports": {"daicho": "/dist/index.js", "daicho/sheets": "/dist/sheets.js", "daicho/conformance": "/dist/conformance.js"}}</script>
<script type="module" src="/build/page.js"></script>
`;

/** The served address and the way to stop. */
export interface Served {
  readonly address: string;
  close(): void;
}

/** Serves `dist`, `build` and `example` below a directory, and the page of the tests at `/`. */
export async function serve(directory: string): Promise<Served> {
  const server: Server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? "/", "http://localhost").pathname);
    if (path === "/") {
      response.writeHead(200, { "content-type": TYPES[".html"] }).end(PAGE);
      return;
    }
    if (path === "/vectors.json") {
      void read().then((files) => response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(files)));
      return;
    }
    const type = TYPES[extname(path)];
    if (type === undefined || !/^\/(dist|build|example)\//.test(path)) {
      response.writeHead(404).end();
      return;
    }
    readFile(join(directory, path)).then(
      (bytes) => response.writeHead(200, { "content-type": type }).end(bytes),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = (): void => {
    server.close();
    server.closeAllConnections();
  };
  return { address: `http://127.0.0.1:${port}/`, close };
}
