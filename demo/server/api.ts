/** The API: routes under `/api/v1`, health and metrics beside them. */
import cors from '@fastify/cors';
import swagger from '@fastify/swagger';
import fastify, { type FastifyInstance } from 'fastify';
import type { PlantedFaults } from '../faults.ts';
import type { ApiContext } from './context.ts';
import { plantFaults } from './planted-faults.ts';
import { answerProblems } from './problems.ts';
import { addArtifactRoutes } from './routes/artifacts.ts';
import { addDeploymentRoutes } from './routes/deployments.ts';
import { addDiffRoutes } from './routes/diffs.ts';
import { addHealthRoutes } from './routes/health.ts';
import { addProjectRoutes } from './routes/projects.ts';
import { addSlowAnswer } from './routes/slow-answer.ts';

/** The prefix of the API's routes. */
export const apiPrefix = '/api/v1';

/** Builds the API without listening. Pages of `webOrigin` may call it. */
export async function buildApi(
  context: ApiContext,
  planted: PlantedFaults,
  webOrigin: () => string,
): Promise<FastifyInstance> {
  const app = fastify({
    forceCloseConnections: true,
    trustProxy: context.conventions.trustsForwardedFor,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 200 },
  });
  answerProblems(app, context.logger);
  await app.register(cors, {
    origin: (origin, decide) =>
      decide(null, origin === webOrigin() || context.conventions.origins.includes(origin ?? '')),
    credentials: true,
    exposedHeaders: ['X-Cache', 'X-Request-ID', 'Retry-After'],
    maxAge: 600,
  });
  await app.register(swagger, {
    openapi: { info: { title: 'Rampgate demo API', version: context.release }, servers: [{ url: '/' }] },
  });
  observe(app, context);
  plantFaults(app, planted, context);
  addHealthRoutes(app, context);
  await app.register(
    async (api) => {
      addArtifactRoutes(api, context);
      addDiffRoutes(api, context);
      addDeploymentRoutes(api, context);
      addProjectRoutes(api, context);
      addSlowAnswer(api, { hurries: planted.has('slow-route-hurries') });
      api.get('/openapi.json', { schema: { hide: true } }, () => app.swagger());
    },
    { prefix: apiPrefix },
  );
  return app;
}

/** Counts and logs every finished request, except preflights and those refused by the rate limiter, as in production. */
function observe(app: FastifyInstance, { metrics, logger, conventions }: ApiContext): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('X-Request-ID', request.id);
  });
  app.addHook('onResponse', async (request, reply) => {
    const { method, url } = request;
    const status = reply.statusCode;
    if (method === 'OPTIONS' || status === 429) return;
    const template = (request.routeOptions.url ?? 'unknown').replaceAll(/:(\w+)/g, '{$1}');
    const route = conventions.countsByRoute ? template : decodeURIComponent(url.split('?')[0] ?? '');
    metrics.countRequest({ method, route, status, durationS: reply.elapsedTime / 1000 });
    logger.info(
      { elapsedMs: Number(reply.elapsedTime.toFixed(2)), requestId: request.id },
      `Request completed: ${method} ${url} - ${status}`,
    );
  });
}
