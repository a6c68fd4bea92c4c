import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { openSentryTransport } from './sentry-transport.ts';

let server: Server;
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const listen = async (): Promise<string> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://key@127.0.0.1:${(server.address() as AddressInfo).port}/1`;
};

it('lets go of an answer that never ends', async () => {
  server = createServer((_request, response) => void response.writeHead(200).write('{'));
  const link = await openSentryTransport({ dsn: await listen(), environment: 'x', timeoutMs: 60_000 });
  const gone = new Promise<void>((resolve) => server.once('connection', (socket) => socket.once('close', resolve)));
  expect(await link.sendEvent({ message: 'x' })).toMatchObject({ result: { status: 'delivered', httpStatus: 200 } });
  await link.close();
  await gone;
});

it('leaves the process as it was', async () => {
  server = createServer((_request, response) => void response.end('{}'));
  const before = ['beforeExit', 'exit', 'uncaughtException', 'unhandledRejection'].map((name) =>
    process.listenerCount(name),
  );
  const fetchBefore = globalThis.fetch;
  const link = await openSentryTransport({ dsn: await listen(), environment: 'x', timeoutMs: 5000 });
  await link.sendEvent({ message: 'x' });
  await link.close();
  const after = ['beforeExit', 'exit', 'uncaughtException', 'unhandledRejection'].map((name) =>
    process.listenerCount(name),
  );
  expect(after).toEqual(before);
  expect(globalThis.fetch).toBe(fetchBefore);
});
