/** Servers that tests start on free ports of this machine; they are closed when their test ends. */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach } from 'vitest';

/** Called at the top of a test file: gives a function that starts a server and resolves to its address. */
export function localServers(): (answer: RequestListener) => Promise<string> {
  const servers: Server[] = [];
  afterEach(() => Promise.all(servers.splice(0).map(close)));
  return async (answer) => {
    const server = createServer(answer);
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
}

function close(server: Server): Promise<unknown> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  return closed;
}
