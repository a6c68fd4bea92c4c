/** The one place where planted faults reach into the API. */
import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { Dialect } from '../dialects.ts';
import type { PlantedFaults } from '../faults.ts';
import type { ApiContext } from './context.ts';
import { HttpProblem } from './problems.ts';
import { createRateLimiter, windowS } from './rate-limiter.ts';

type Surroundings = Pick<ApiContext, 'logger' | 'dialect'>;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What a route answers, for those that faults are aimed at. */
    kind?: 'diff' | 'deployments';
  }
}

/** Hooks the planted faults in. Without any, nothing is added to a request's way. */
export function plantFaults(app: FastifyInstance, planted: PlantedFaults, { logger, dialect }: Surroundings): void {
  const { summaryParameter } = dialect;
  plantRateLimit(app, planted.get('rate-limit') ?? dialect.rateLimit, logger);
  plantErrors(app, planted);
  plantSilence(app, planted, logger);
  plantDelays(app, planted);
  plantCacheHeader(app, planted);
  plantModes(app, planted, summaryParameter);
  plantDocument(app, planted, summaryParameter);
  plantStaleAnswers(app, planted);
  plantMissingField(app, planted);
  plantNoMetrics(app, planted);
}

function plantRateLimit(app: FastifyInstance, threshold: number | null, logger: Logger): void {
  if (threshold === null) return;
  const limiter = createRateLimiter(threshold, () => performance.now());
  app.addHook('onRequest', async (request, reply) => {
    if (request.url.startsWith('/health') || request.method === 'OPTIONS') return;
    if (limiter.admits(request.ip, identityOf(request))) return;
    logger.warn(`Burst detected for ${request.ip} on ${request.routeOptions.url}`);
    const message = `Too many identical requests. Try again in ${windowS} s.`;
    await reply
      .code(429)
      .header('Retry-After', String(windowS))
      .send({ error: 'RATE_LIMIT_EXCEEDED', message, retry_after: windowS });
  });
}

function identityOf({ method, url }: FastifyRequest): string {
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  searchParams.sort();
  return `${method} ${pathname}?${searchParams}`;
}

function plantErrors(app: FastifyInstance, planted: PlantedFaults): void {
  const diffFails = everyShare(planted.has('fast-failures') ? 100 : planted.get('diff-errors'));
  const listFails = everyShare(planted.get('deployments-errors'));
  app.addHook('preHandler', async (request) => {
    const { kind } = request.routeOptions.config;
    if (kind === 'diff' && diffFails()) throw new HttpProblem(500, 'The diff could not be computed');
    const isList = kind === 'deployments' && request.method === 'GET';
    if (isList && listFails()) throw new HttpProblem(500, 'The deployments could not be read');
  });
}

function plantSilence(app: FastifyInstance, planted: PlantedFaults, logger: Logger): void {
  const staysSilent = everyShare(planted.get('diff-timeouts'));
  app.addHook('preHandler', async (request, reply) => {
    if (request.routeOptions.config.kind !== 'diff' || !staysSilent()) return;
    logger.warn(`Diff timeout: no answer for ${request.url}`);
    reply.hijack();
  });
}

function plantDelays(app: FastifyInstance, planted: PlantedFaults): void {
  const everyMs = planted.get('slow-diff') ?? 0;
  const missMs = planted.get('slow-diff-misses') ?? 0;
  if (everyMs + missMs === 0) return;
  app.addHook('onSend', async (request, reply) => {
    if (request.routeOptions.config.kind !== 'diff') return;
    await pause(everyMs + (reply.getHeader('X-Cache') === 'MISS' ? missMs : 0));
  });
}

function plantCacheHeader(app: FastifyInstance, planted: PlantedFaults): void {
  const change = cacheHeaderChange(planted);
  if (change === null) return;
  app.addHook('onSend', async (_request, reply) => {
    if (reply.hasHeader('X-Cache')) change(reply);
  });
}

function cacheHeaderChange(planted: PlantedFaults): ((reply: FastifyReply) => void) | null {
  if (planted.has('no-cache-header')) return (reply) => reply.removeHeader('X-Cache');
  if (planted.has('cache-lies')) return (reply) => reply.header('X-Cache', 'HIT');
  return null;
}

/** Picks exactly this share of its calls, evenly spread, never the first of them for a share below a half. */
function everyShare(percent = 0): () => boolean {
  let calls = 0;
  return () => {
    const before = Math.floor((calls * percent) / 100);
    calls += 1;
    return Math.floor((calls * percent) / 100) > before;
  };
}

function plantModes(app: FastifyInstance, planted: PlantedFaults, parameter: Dialect['summaryParameter']): void {
  if (!planted.has('summary-ignored') && !planted.has('summary-by-default')) return;
  app.addHook('preHandler', async (request) => {
    if (request.routeOptions.config.kind !== 'diff') return;
    const query = request.query as { mode: string; summary_only: boolean };
    const ask = (forSummary: boolean): void => {
      query.mode = forSummary ? 'summary' : 'full';
      query.summary_only = forSummary;
    };
    if (planted.has('summary-ignored')) ask(false);
    if (planted.has('summary-by-default') && !new RegExp(`[?&]${parameter}=`).test(request.url)) ask(true);
  });
}

function plantDocument(app: FastifyInstance, planted: PlantedFaults, parameter: Dialect['summaryParameter']): void {
  if (!planted.has('undocumented-mode') && !planted.has('no-openapi')) return;
  app.addHook('onSend', async (request, reply, payload) => {
    if (!request.url.endsWith('/openapi.json') || typeof payload !== 'string') return payload;
    if (planted.has('no-openapi')) {
      reply.code(404);
      return '{"detail":"Not Found"}';
    }
    return payload.replaceAll(`"name":"${parameter}"`, '"name":"view"');
  });
}

function plantStaleAnswers(app: FastifyInstance, planted: PlantedFaults): void {
  if (!planted.has('stale-cache')) return;
  app.addHook('onSend', async (_request, reply, payload) =>
    reply.getHeader('X-Cache') === 'HIT' && typeof payload === 'string'
      ? payload.replace('"status":"modified"', '"status":"unchanged"')
      : payload,
  );
}

function plantMissingField(app: FastifyInstance, planted: PlantedFaults): void {
  if (!planted.has('field-removed')) return;
  app.addHook('onSend', async ({ method, routeOptions }, _reply, payload) =>
    method === 'GET' && routeOptions.config.kind === 'deployments' && typeof payload === 'string'
      ? payload.replaceAll(/,"sync_status":"\w+"/g, '')
      : payload,
  );
}

function plantNoMetrics(app: FastifyInstance, planted: PlantedFaults): void {
  if (!planted.has('no-metrics')) return;
  app.addHook('onRequest', async (request) => {
    if (request.routeOptions.url === '/metrics') throw new HttpProblem(404, 'Not Found');
  });
}
