/** Plants faults in the API: failures, delays and changed answers. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { PlantedFaults } from '../faults.ts';
import type { ApiContext } from './context.ts';
import { plantAnswers, plantGarbledSync } from './planted-answers.ts';
import { plantDelays } from './planted-delays.ts';
import { plantFailures } from './planted-failures.ts';
import { HttpProblem } from './problems.ts';
import { createRateLimiter, windowS } from './rate-limiter.ts';

type Surroundings = Pick<ApiContext, 'home' | 'logger' | 'conventions'>;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What a route answers, for routes that faults aim at. */
    kind?: 'diff' | 'deployments';
  }
}

/** Adds the hooks of planted faults; none where none is planted. */
export function plantFaults(
  app: FastifyInstance,
  planted: PlantedFaults,
  { home, logger, conventions }: Surroundings,
): void {
  plantRateLimit(app, planted.get('rate-limit') ?? conventions.rateLimit, logger);
  plantFailures(app, planted, logger);
  plantDelays(app, planted);
  plantAnswers(app, planted, conventions.summaryParameter);
  plantGarbledSync(app, planted, home);
  plantNoMetrics(app, planted);
  plantPreflights(app, planted);
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

function plantNoMetrics(app: FastifyInstance, planted: PlantedFaults): void {
  if (!planted.has('no-metrics')) return;
  app.addHook('onRequest', async (request) => {
    if (request.routeOptions.url === '/metrics') throw new HttpProblem(404, 'Not Found');
  });
}

/** Browsers must send a preflight before every request, even before those that their cache answers. */
function plantPreflights(app: FastifyInstance, planted: PlantedFaults): void {
  if (!planted.has('preflight-storm')) return;
  app.addHook('onSend', async ({ method }, reply) => {
    if (method === 'OPTIONS') reply.header('Access-Control-Max-Age', '0');
    else if (!reply.hasHeader('X-Cache')) reply.header('Cache-Control', 'max-age=300');
  });
}
