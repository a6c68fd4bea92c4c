/** A small Sentry: takes the envelopes that SDKs send and answers the few REST routes that read them back. */
import { gunzipSync } from 'node:zlib';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { parseEnvelope } from './envelope.ts';
import { addReadingRoutes } from './reading.ts';
import {
  createSentryStore,
  type SentCheckIn,
  type SentEvent,
  type SentryStore,
  type SentSession,
  sentryProject,
} from './store.ts';

/** How the Sentry behaves. */
export interface SentryOptions {
  /** Answers 200 and stores nothing. */
  readonly keepsNothing: boolean;
  readonly now: () => Date;
  /** How ingest answers the next envelope; `well` when left out. */
  readonly mood?: () => Mood;
}

/** `limits with 200`: answers 200 with rate-limit headers; `hangs`: no answer at all. */
export type Mood = 'well' | 'limits' | 'limits with 200' | 'fails' | 'hangs';

const silentFor = '60:error;monitor:organization';

interface ClientReport {
  readonly discarded_events?: readonly { readonly category?: string; readonly quantity?: number }[];
}

/** Builds a Sentry without listening. */
export function buildSentry({ keepsNothing, now, mood = () => 'well' }: SentryOptions): FastifyInstance {
  const app = fastify({ forceCloseConnections: true, bodyLimit: 20_000_000 });
  const store = createSentryStore(now);
  // An envelope is read as bytes, whatever its content type.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('Access-Control-Allow-Origin', '*');
    reply.header('Access-Control-Expose-Headers', 'x-sentry-error,x-sentry-rate-limits,retry-after');
  });
  app.options('/api/:project/envelope/', (_request, reply) =>
    reply
      .header('Access-Control-Allow-Methods', 'POST')
      .header('Access-Control-Allow-Headers', 'x-sentry-auth,content-type,content-encoding')
      .send(),
  );
  app.post<{ Params: { project: string } }>('/api/:project/envelope/', (request, reply) => {
    if (request.params.project !== sentryProject.id || keyOf(request) !== sentryProject.key) {
      return refuse(reply, 403, 'event submission rejected with_reason: ProjectId');
    }
    switch (mood()) {
      case 'hangs':
        return reply.hijack();
      case 'fails':
        return refuse(reply, 503, 'service unavailable');
      case 'limits':
        return refuse(reply.headers({ 'retry-after': '60', 'x-sentry-rate-limits': silentFor }), 429, 'rate limited');
      case 'limits with 200':
        return reply.header('x-sentry-rate-limits', silentFor).send({});
      case 'well':
        return take(request, reply, { store: keepsNothing ? null : store, now });
    }
  });
  addReadingRoutes(app, store);
  return app;
}

interface Taker {
  readonly store: SentryStore | null;
  readonly now: () => Date;
}

function take(request: FastifyRequest, reply: FastifyReply, { store, now }: Taker): FastifyReply {
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  try {
    const plain = request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
    const { header, items } = parseEnvelope(plain);
    const driftMs = driftOf(header, now());
    for (const { type, payload } of items) if (store !== null) keep(store, type, withServerTime(payload, driftMs));
    const id = typeof header === 'object' && header !== null && 'event_id' in header ? header.event_id : undefined;
    return reply.send(typeof id === 'string' ? { id } : {});
  } catch {
    return refuse(reply, 400, 'bad envelope data');
  }
}

/** The correction of a client's clock, as in Relay: applied when it is more than 55 minutes off. */
function driftOf(header: unknown, now: Date): number {
  const { sent_at: sentAt } = Object(header) as { sent_at?: string };
  const driftMs = sentAt === undefined ? 0 : now.getTime() - Date.parse(sentAt);
  return Math.abs(driftMs) < 55 * 60_000 ? 0 : driftMs;
}

function withServerTime(payload: unknown, driftMs: number): unknown {
  const { timestamp } = Object(payload) as SentEvent;
  return typeof timestamp === 'number' ? { ...Object(payload), timestamp: timestamp + driftMs / 1000 } : payload;
}

function keep(store: SentryStore, type: string, payload: unknown): void {
  if (typeof payload !== 'object' || payload === null) return;
  if (type === 'event') store.keepEvent(payload as SentEvent);
  if (type === 'check_in') store.keepCheckIn(payload as SentCheckIn);
  if (type === 'session') store.keepSession(payload as SentSession);
  if (type === 'client_report') {
    for (const { category, quantity = 0 } of (payload as ClientReport).discarded_events ?? []) {
      if (category === 'error') store.countOutcome('client_discard', quantity);
    }
  }
}

/** Browser SDKs send the key in the address, others in a header. */
function keyOf(request: FastifyRequest): string | undefined {
  const { sentry_key: inAddress } = request.query as { sentry_key?: string };
  const header = request.headers['x-sentry-auth'];
  return inAddress ?? /\bsentry_key=([^,\s]+)/.exec(typeof header === 'string' ? header : '')?.[1];
}

function refuse(reply: FastifyReply, status: number, detail: string): FastifyReply {
  return reply.code(status).header('x-sentry-error', detail).send({ detail });
}
