/** A small Sentry: takes the envelopes that SDKs send and answers the few REST routes that read them back. */
import { gunzipSync } from 'node:zlib';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { parseEnvelope } from './envelope.ts';
import { addReadingRoutes } from './reading.ts';
import { createSentryStore, type SentEvent, type SentryStore, type SentSession } from './store.ts';

/** How one behaves. */
export interface SentryOptions {
  /** Answers 200 and keeps nothing. */
  readonly keepsNothing: boolean;
  readonly now: () => Date;
}

/** The one project there is, as its clients and readers name it. */
export const sentryProject = { organization: 'demo', slug: 'page', id: '1', key: 'demo' } as const;

interface ClientReport {
  readonly discarded_events?: readonly { readonly category?: string; readonly quantity?: number }[];
}

/** Builds one without listening. */
export function buildSentry({ keepsNothing, now }: SentryOptions): FastifyInstance {
  const app = fastify({ forceCloseConnections: true, bodyLimit: 20_000_000 });
  const store = createSentryStore(now);
  // An envelope is bytes, whatever the browser calls it.
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
    return take(request, reply, keepsNothing ? null : store);
  });
  addReadingRoutes(app, store);
  return app;
}

function take(request: FastifyRequest, reply: FastifyReply, store: SentryStore | null): FastifyReply {
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  try {
    const plain = request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
    const { header, items } = parseEnvelope(plain);
    for (const { type, payload } of items) if (store !== null) keep(store, type, payload);
    const id = typeof header === 'object' && header !== null && 'event_id' in header ? header.event_id : undefined;
    return reply.send(typeof id === 'string' ? { id } : {});
  } catch {
    return refuse(reply, 400, 'bad envelope data');
  }
}

function keep(store: SentryStore, type: string, payload: unknown): void {
  if (typeof payload !== 'object' || payload === null) return;
  if (type === 'event') store.keepEvent(payload as SentEvent);
  if (type === 'session') store.keepSession(payload as SentSession);
  if (type === 'client_report') {
    for (const { category, quantity = 0 } of (payload as ClientReport).discarded_events ?? []) {
      if (category === 'error') store.countOutcome('client_discard', quantity);
    }
  }
}

/** SDKs in browsers say it in the address, others in a header. */
function keyOf(request: FastifyRequest): string | undefined {
  const { sentry_key: inAddress } = request.query as { sentry_key?: string };
  const header = request.headers['x-sentry-auth'];
  return inAddress ?? /\bsentry_key=([^,\s]+)/.exec(typeof header === 'string' ? header : '')?.[1];
}

function refuse(reply: FastifyReply, status: number, detail: string): FastifyReply {
  return reply.code(status).header('x-sentry-error', detail).send({ detail });
}
