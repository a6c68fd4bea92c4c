/**
 * Operates a running demo as kubectl and a deploy workflow operate a real one: lists revisions, goes back to the previous one,
 * sets an environment variable. Requests come through a socket that only its user may open.
 */
import { rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Demo, type DemoOptions, type DemoTarget, startDemo } from './demo.ts';
import { faults as catalogue, type FaultName } from './faults.ts';
import { mistakes, OperatorMistake } from './mistakes.ts';

/** The two parts that are deployed separately. */
export type Layer = 'backend' | 'frontend';

export interface OperatedDemo {
  readonly target: DemoTarget;
  readonly stop: () => Promise<void>;
}

/** What runs in a layer. */
interface Revision {
  readonly number: number;
  readonly faults: readonly (readonly [FaultName, number])[];
  readonly isCacheEnabled: boolean;
}

interface Deployed {
  readonly before: Revision | null;
  readonly now: Revision;
}

/** Faults of the page whose rollback is not `frontend` alone. */
const alsoInPage: readonly FaultName[] = [
  'slow-first-diff',
  'slow-first-paint',
  'console-muted',
  'sentry-silent',
  'page-full-mode',
];

/** The socket of the demo that serves this API. */
export function socketOf(api: string): string {
  return join(tmpdir(), `rampgate-demo-${new URL(api).port}.sock`);
}

/** Starts a demo that can be operated. A layer with a fault is at its second revision; the first has none. */
export async function operateDemo(options: DemoOptions): Promise<OperatedDemo> {
  let demo = await startDemo(options);
  const { target } = demo;
  const ports = { webPort: portOf(target.web), apiPort: portOf(target.api) };
  const layers: { [layer in Layer]: Deployed } = {
    backend: deployedOf(options, 'backend'),
    frontend: deployedOf(options, 'frontend'),
  };
  const restart = async (layer: Layer, next: Deployed): Promise<void> => {
    layers[layer] = next;
    const { backend, frontend } = layers;
    await demo.stop();
    demo = await startDemo({
      ...options,
      ...ports,
      faults: new Map([...backend.now.faults, ...frontend.now.faults]),
      isCacheEnabled: backend.now.isCacheEnabled,
    });
  };
  const server = await listen(socketOf(target.api), (words, isDryRun) =>
    operation(words, { layers, restart, isDryRun }),
  );
  return { target, stop: () => stopBoth(server, () => demo) };
}

interface Operating {
  readonly layers: { readonly [layer in Layer]: Deployed };
  readonly restart: (layer: Layer, next: Deployed) => Promise<void>;
  readonly isDryRun: boolean;
}

/** Does `undo LAYER`, `set CACHE_DIFF_ENABLED=VALUE` or `revisions`; resolves to the message. Throws an OperatorMistake. */
async function operation(words: readonly string[], { layers, restart, isDryRun }: Operating): Promise<string> {
  const [verb, what = ''] = words;
  const note = isDryRun ? ' (dry run)' : '';
  if (verb === 'revisions') {
    return (['backend', 'frontend'] as const)
      .map(
        (layer) =>
          `${layer} ${layers[layer].now.number}${layers[layer].before === null ? '' : `, before it ${layers[layer].before?.number}`}`,
      )
      .join('\n');
  }
  if (verb === 'undo' && (what === 'backend' || what === 'frontend')) {
    const { before, now } = layers[what];
    if (before === null) throw new OperatorMistake(mistakes.noRevisionBefore(what));
    const next = { ...before, number: now.number + 1 };
    if (!isDryRun) await restart(what, { before: now, now: next });
    return `${what} rolled back to what revision ${before.number} was${note}`;
  }
  const enabled = /^CACHE_DIFF_ENABLED=(true|false)$/.exec(what)?.[1];
  if (verb === 'set' && enabled !== undefined) {
    const { now } = layers.backend;
    const next = { ...now, number: now.number + 1, isCacheEnabled: enabled === 'true' };
    if (!isDryRun) await restart('backend', { before: now, now: next });
    return `backend env updated${note}`;
  }
  throw new OperatorMistake(mistakes.unknownOperation(words.join(' ')));
}

function deployedOf({ faults, isCacheEnabled }: DemoOptions, layer: Layer): Deployed {
  const own = [...faults].filter(([name]) => layerOf(name) === layer);
  const clean = { number: 1, faults: [], isCacheEnabled };
  return own.length === 0 ? { before: null, now: clean } : { before: clean, now: { ...clean, number: 2, faults: own } };
}

function layerOf(name: FaultName): Layer {
  return catalogue[name].rollback === 'frontend' || alsoInPage.includes(name) ? 'frontend' : 'backend';
}

async function listen(
  socket: string,
  act: (words: readonly string[], isDryRun: boolean) => Promise<string>,
): Promise<Server> {
  // Left by a demo that was killed: a living demo holds the port that names its socket.
  rmSync(socket, { force: true });
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://demo');
    const words = url.pathname.split('/').slice(1).map(decodeURIComponent);
    act(words, url.searchParams.has('dry-run')).then(
      (said) => response.end(`${said}\n`),
      (error: unknown) => {
        response.statusCode = error instanceof OperatorMistake ? 409 : 500;
        response.end(`${error instanceof Error ? error.message : String(error)}\n`);
      },
    );
  });
  const mask = process.umask(0o077);
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  process.umask(mask);
  return server;
}

/** Closing the server removes its socket. */
async function stopBoth(server: Server, demo: () => Demo): Promise<void> {
  server.closeAllConnections();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  await demo().stop();
}

function portOf(url: string): number {
  return Number(new URL(url).port);
}
