/**
 * Takes what a page reports to Sentry, and keeps it from there: what a drill plants must not be filed as an issue of the
 * release, which the next gate would find.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SentrySink {
  readonly origin: string;
  close(): Promise<void>;
}

/** Answers everything as a Sentry does that took it; resolves when it listens. */
export async function openSentrySink(): Promise<SentrySink> {
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(200, {
      'access-control-allow-origin': request.headers.origin ?? '*',
      'access-control-allow-headers': '*',
      'access-control-allow-methods': 'POST',
      'content-type': 'application/json',
    });
    response.end('{}');
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: async () => {
      const done = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await done;
    },
  };
}

/** An address that a page reports to: 32 hexadecimal digits before the host, and the project's number at the end. */
const dsn = /https?:\/\/([0-9a-f]{32})@[\w.-]+(?::\d+)?(?=(?:\/[\w.-]+)*\/\d+)/g;

/** Text in which every DSN leads to the sink instead. */
export function reportingTo(text: string, sink: string): string {
  return text.replace(dsn, (_, key: string) => `${sink.replace('//', `//${key}@`)}`);
}

/** A content security policy that lets the page reach the sink as it lets it reach Sentry. */
export function allowing(policy: string, sink: string): string {
  const directives = policy.split(';').map((one) => one.trim());
  const decisive = ['connect-src', 'default-src'].find((name) => directives.some((one) => one.startsWith(`${name} `)));
  return directives
    .map((one) => (decisive !== undefined && one.startsWith(`${decisive} `) ? `${one} ${sink}` : one))
    .join('; ');
}
