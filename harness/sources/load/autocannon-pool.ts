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
        new TakenClient(client as unknown as ClientInternals, {
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

/** One autocannon client, made to wait for `send` and to report exactly what became of each request. */
class TakenClient implements Slot {
  readonly #client: ClientInternals;
  readonly #options: SlotOptions;
  readonly #original: Pick<ClientInternals, '_connect' | '_doRequest' | '_destroyConnection'>;
  #connected = false;
  /** Handed over and not written yet. */
  #unsent: Sending | null = null;
  /** Handed over and not answered yet. */
  #pending: Sending | null = null;
  #prepared: LoadRequest | null = null;
  #headers: readonly string[] = [];
  #body: Buffer[] = [];
  #bodyBytes = 0;
  #deadline = Number.POSITIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;
  #lostBecause = closedEarly;
  #handshaken: TLSSocket | undefined;

  constructor(client: ClientInternals, options: SlotOptions) {
    if (typeof client._connect !== 'function' || typeof client._doRequest !== 'function') {
      throw new Error('autocannon’s client has changed: the load probe knows version 9.0.0');
    }
    const { _connect, _doRequest, _destroyConnection } = client;
    this.#client = client;
    this.#options = options;
    this.#original = { _connect, _doRequest, _destroyConnection };
    client._doRequest = () => this.#write();
    client._connect = () => this.#ended();
    client._destroyConnection = () => {
      if (client.conn !== undefined) _destroyConnection.call(client); // one that was never needed has none
    };
    client.on('connError', (error: Error) => {
      this.#lostBecause = messageOf(error);
    });
    // autocannon would keep all of it, however much it is; and its event hands out whole packets, headers and all.
    client.pipelinedRequests.addBody = (part) => {
      if (this.#bodyBytes < KEPT_BODY_BYTES) this.#body.push(part);
      this.#bodyBytes += part.length;
    };
    // Answers go past autocannon's own counting, which is not read and costs as much as ours.
    const emit = client.emit.bind(client);
    client.emit = (event: string, ...values: unknown[]) => {
      if (event === 'headers') ({ headers: this.#headers } = values[0] as { readonly headers: readonly string[] });
      else if (event === 'response') this.#answered(values[0] as number, values[1] as number);
      else return emit(event, ...values);
      return true;
    };
  }

  send(sending: Sending): void {
    this.#pending = sending;
    this.#unsent = sending;
    this.#body = [];
    this.#bodyBytes = 0;
    this.#lostBecause = closedEarly;
    this.#options.onBusy(1);
    if (sending.request !== this.#prepared) this.#prepare(sending.request);
    const { timeoutMs } = this.#options;
    this.#deadline = performance.now() + timeoutMs;
    if (this.#timer === undefined) this.#timer = setTimeout(() => this.#lookAtDeadline(), timeoutMs).unref();
    if (this.#connected) this.#client._doRequest();
    else {
      this.#connected = true;
      this.#original._connect.call(this.#client); // ends in _doRequest
    }
  }

  #prepare(request: LoadRequest): void {
    const { method = 'GET', path, headers = {}, body } = request;
    this.#client.setRequests([{ method, path, headers, ...defined({ body }) }]);
    this.#prepared = request;
  }

  #write(): void {
    if (this.#unsent === null) return;
    // autocannon writes before it knows whom it speaks to, and takes any certificate.
    const { conn } = this.#client;
    if (conn instanceof TLSSocket && conn !== this.#handshaken) {
      conn.once('secureConnect', () => this.#shookHands(conn));
      return;
    }
    const { onSent } = this.#unsent;
    this.#unsent = null;
    this.#original._doRequest.call(this.#client);
    onSent();
  }

  #shookHands(conn: TLSSocket): void {
    this.#handshaken = conn;
    if (this.#options.insecure || conn.authorized) {
      this.#client._doRequest();
      return;
    }
    this.#lostBecause = `its certificate is not to be trusted (${String(conn.authorizationError)})`;
    this.#client._connect();
  }

  /** autocannon connects when it is made, and again whenever its connection ended or failed. */
  #ended(): void {
    if (this.#pending === null) {
      if (this.#connected) this.#disconnect();
      else this.#options.release(this);
      return;
    }
    this.#disconnect();
    this.#settle({ kind: 'lost', why: this.#lostBecause });
  }

  /** One timer for all requests of the slot: setting one for each costs as much as the request's parsing. */
  #lookAtDeadline(): void {
    this.#timer = undefined;
    if (this.#pending === null) return;
    const leftMs = this.#deadline - performance.now();
    if (leftMs > 0) {
      this.#timer = setTimeout(() => this.#lookAtDeadline(), leftMs).unref();
      return;
    }
    this.#disconnect();
    this.#settle({ kind: 'timeout' });
  }

  #disconnect(): void {
    this.#connected = false;
    this.#client._destroyConnection();
    this.#client.parser.reinitialize(this.#client.parser.type);
  }

  #answered(status: number, bytes: number): void {
    const [head, parts] = [this.#headers, this.#body];
    this.#settle({
      kind: 'answer',
      status,
      header: (name) => valueOf(head, name),
      body: () => Buffer.concat(parts).toString('utf8'),
      bytes,
    });
  }

  #settle(reply: Reply): void {
    const done = this.#pending;
    if (done === null) return;
    this.#pending = null;
    this.#unsent = null;
    this.#options.onBusy(-1);
    done.onReply(reply);
    this.#options.release(this);
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
