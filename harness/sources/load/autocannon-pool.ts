/**
 * autocannon as an open-loop generator: its clients send one request each when told to, instead of one after another.
 *
 * autocannon paces in bursts at the top of each second and times from the actual start; its connections, request
 * building and parsing are excellent. So a client here waits until an arrival is due, and a connection that is lost
 * drops its pending request instead of charging it to the next one (measured: p95 6 → 37 ms; docs/measuring.md).
 * `_connect` and `_doRequest` are autocannon's own and not public: the version is pinned, and `takeOver` checks them.
 */

import type { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import autocannon from 'autocannon';
import { defined } from '../../lib/defined.ts';
import type { LoadRequest } from '../../model/load-mix.ts';

/** What became of one request. What is not asked for is not decoded: at full speed it would cost more than the request. */
export type Reply =
  | {
      readonly kind: 'answer';
      readonly status: number;
      /** The header's value; names in any case. */
      readonly header: (name: string) => string | undefined;
      /** The first megabyte of it. */
      readonly body: () => string;
      readonly bytes: number;
    }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'lost'; readonly why: string };

export interface Sending {
  readonly request: LoadRequest;
  /** Called once, when it is known what became of the request. */
  readonly onReply: (reply: Reply) => void;
  /** Called when the request leaves, which is later than `send` when every connection is busy. */
  readonly onSent: () => void;
}

export interface Pool {
  /** Sends now on a free connection, or as soon as one is free. */
  send(sending: Sending): void;
  inFlight(): number;
  /** Closes every connection; what is in flight is given up without a reply. */
  close(): Promise<void>;
}

export interface PoolOptions {
  readonly origin: string;
  readonly connections: number;
  readonly timeoutMs: number;
  /** Takes a certificate that nobody vouches for. */
  readonly insecure?: boolean;
}

interface ClientInternals extends EventEmitter {
  _connect: () => void;
  _doRequest: () => void;
  _destroyConnection: () => void;
  readonly conn?: Socket | TLSSocket;
  readonly pipelinedRequests: { addBody(part: Buffer): void };
  readonly parser: { readonly type: string; reinitialize(type: string): void };
  setRequests(requests: readonly object[]): void;
}

interface Slot {
  readonly send: (sending: Sending) => void;
}

const closedEarly = 'the connection ended before the answer did';
/** What is expected in an answer is looked for in this much of it; the rest is read and counted, but not kept. */
const KEPT_BODY_BYTES = 1_000_000;

/** autocannon ends its own run after this; ours is ended by `close`. */
const NEVER_S = 7 * 24 * 3600;

/** Opens a pool towards one origin. Connections are made when first needed. */
export function openPool(options: PoolOptions): Pool {
  const free: Slot[] = [];
  const waiting: Sending[] = [];
  let busy = 0;
  const release = (slot: Slot): void => {
    const next = waiting.shift();
    if (next === undefined) free.push(slot);
    else slot.send(next);
  };
  const finished = Promise.withResolvers<void>();
  const run = autocannon(
    {
      url: options.origin,
      connections: options.connections,
      duration: NEVER_S,
      timeout: NEVER_S,
      sampleInt: 100,
      setupClient: (client) =>
        takeOver(client as unknown as ClientInternals, {
          timeoutMs: options.timeoutMs,
          insecure: options.insecure ?? false,
          release,
          onBusy: (by) => (busy += by),
        }),
    },
    () => finished.resolve(), // its result is not read: its percentiles are not ours
  );
  return {
    send(sending) {
      const slot = free.pop();
      if (slot === undefined) waiting.push(sending);
      else slot.send(sending);
    },
    inFlight: () => busy + waiting.length,
    async close() {
      (run as unknown as { stop(): void }).stop();
      await finished.promise;
    },
  };
}

interface SlotOptions {
  readonly timeoutMs: number;
  readonly insecure: boolean;
  readonly release: (slot: Slot) => void;
  readonly onBusy: (by: 1 | -1) => void;
}

/** Makes one autocannon client wait for `send`, and tell exactly what became of each request. */
function takeOver(client: ClientInternals, { timeoutMs, insecure, release, onBusy }: SlotOptions): void {
  if (typeof client._connect !== 'function' || typeof client._doRequest !== 'function') {
    throw new Error('autocannon’s client has changed: the load probe knows version 9.0.0');
  }
  const connect = client._connect;
  const doRequest = client._doRequest;
  const destroyConnection = client._destroyConnection;
  let connected = false;
  let unsent: Sending | null = null;
  let pending: Sending | null = null;
  let prepared: LoadRequest | null = null;
  let headers: readonly string[] = [];
  let body: Buffer[] = [];
  let bodyBytes = 0;
  let deadline = Number.POSITIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;
  let lostBecause = closedEarly;
  let handshaken: TLSSocket | undefined;

  const slot: Slot = {
    send(sending) {
      pending = sending;
      unsent = sending;
      body = [];
      bodyBytes = 0;
      lostBecause = closedEarly;
      onBusy(1);
      if (sending.request !== prepared) prepare(sending.request);
      deadline = performance.now() + timeoutMs;
      timer ??= setTimeout(lookAtDeadline, timeoutMs).unref();
      if (connected) client._doRequest();
      else {
        connected = true;
        connect.call(client); // ends in _doRequest
      }
    },
  };

  function settle(reply: Reply): void {
    const done = pending;
    if (done === null) return;
    pending = null;
    unsent = null;
    onBusy(-1);
    done.onReply(reply);
    release(slot);
  }

  function prepare(request: LoadRequest): void {
    const { method = 'GET', path, headers: own = {}, body: content } = request;
    client.setRequests([{ method, path, headers: own, ...defined({ body: content }) }]);
    prepared = request;
  }

  /** One timer for all requests of the slot: setting one for each costs as much as the request's parsing. */
  function lookAtDeadline(): void {
    timer = undefined;
    if (pending === null) return;
    const leftMs = deadline - performance.now();
    if (leftMs > 0) {
      timer = setTimeout(lookAtDeadline, leftMs).unref();
      return;
    }
    disconnect();
    settle({ kind: 'timeout' });
  }

  function disconnect(): void {
    connected = false;
    client._destroyConnection();
    client.parser.reinitialize(client.parser.type);
  }

  client._doRequest = () => {
    if (unsent === null) return;
    // autocannon writes before it knows whom it speaks to, and takes any certificate.
    const { conn } = client;
    if (conn instanceof TLSSocket && conn !== handshaken) {
      conn.once('secureConnect', () => {
        handshaken = conn;
        if (insecure || conn.authorized) return client._doRequest();
        lostBecause = `its certificate is not to be trusted (${String(conn.authorizationError)})`;
        client._connect();
      });
      return;
    }
    const { onSent } = unsent;
    unsent = null;
    doRequest.call(client);
    onSent();
  };

  client._destroyConnection = () => {
    if (client.conn !== undefined) destroyConnection.call(client); // one that was never needed has none
  };

  // autocannon calls this when it is made, and again whenever its connection ended or failed.
  client._connect = () => {
    if (pending === null) {
      if (connected) disconnect();
      else release(slot);
      return;
    }
    disconnect();
    settle({ kind: 'lost', why: lostBecause });
  };

  client.on('connError', (error: Error) => {
    lostBecause = messageOf(error);
  });
  // autocannon would keep all of it, however much it is; and its event hands out whole packets, headers and all.
  client.pipelinedRequests.addBody = (part) => {
    if (bodyBytes < KEPT_BODY_BYTES) body.push(part);
    bodyBytes += part.length;
  };
  // Answers go past autocannon's own counting, which is not read and costs as much as ours.
  const emit = client.emit.bind(client);
  client.emit = (event: string, ...values: unknown[]) => {
    if (event === 'headers') ({ headers } = values[0] as { readonly headers: readonly string[] });
    else if (event === 'response') answered(values[0] as number, values[1] as number);
    else return emit(event, ...values);
    return true;
  };

  function answered(status: number, bytes: number): void {
    const [head, parts] = [headers, body];
    settle({
      kind: 'answer',
      status,
      header: (name) => valueOf(head, name),
      body: () => Buffer.concat(parts).toString('utf8'),
      bytes,
    });
  }
}

/** A name with several addresses fails once for each of them, and says so in the parts only. */
function messageOf(error: Error): string {
  return error instanceof AggregateError ? error.errors.map((one: Error) => one.message).join(', ') : error.message;
}

/** From name, value, name, value; the last one of a name that comes twice. */
function valueOf(flat: readonly string[], name: string): string | undefined {
  const wanted = name.toLowerCase();
  for (let index = flat.length - 2; index >= 0; index -= 2) {
    const key = flat[index];
    if (key?.length === wanted.length && key.toLowerCase() === wanted) return flat[index + 1];
  }
  return undefined;
}
