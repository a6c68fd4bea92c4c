/** The web server: the built page, its configuration, and its log. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import fastify, { type FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { PageConfig } from '../contract.ts';
import { mistakes, OperatorMistake } from '../mistakes.ts';
import { plantBiggerBundle } from './bigger-bundle.ts';
import { plantBlockingScript } from './blocking-script.ts';

const webBuildFolder = join(import.meta.dirname, '..', 'web', 'dist');

interface LazyLoadReport {
  readonly artifactId: string;
  readonly scope: string;
  readonly filePath: string;
  readonly durationMs: number;
}

/** Builds the web server without listening. Throws OperatorMistake when the page is not built. */
export async function buildWeb(
  pageConfig: () => PageConfig,
  logger: Logger,
  buildFolder = webBuildFolder,
): Promise<FastifyInstance> {
  if (!existsSync(join(buildFolder, 'index.html'))) throw new OperatorMistake(mistakes.webBuildMissing());
  const app = fastify({ forceCloseConnections: true });
  await app.register(fastifyStatic, { root: buildFolder, maxAge: 0 });
  app.get('/config.json', (_request, reply) => reply.header('Cache-Control', 'no-store').send(pageConfig()));
  addFrontendLog(app, logger);
  const { 'bigger-bundle': biggerBy, 'blocking-script': blockedMs } = pageConfig().faults;
  if (blockedMs !== undefined) plantBlockingScript(app, buildFolder, blockedMs);
  if (biggerBy !== undefined) plantBiggerBundle(app, buildFolder, biggerBy);
  app.addHook('onResponse', async ({ method, url }, { statusCode }) => {
    if (isPage(method, url)) logger.info(`Page served: ${method} ${url} - ${statusCode}`);
  });
  app.setNotFoundHandler((request, reply) => {
    return isPage(request.method, request.url)
      ? reply.sendFile('index.html')
      : reply.code(404).send({ detail: 'Not Found' });
  });
  return app;
}

function isPage(method: string, url: string): boolean {
  return method === 'GET' && !url.split('?')[0]?.includes('.');
}

function addFrontendLog(app: FastifyInstance, logger: Logger): void {
  const text = { type: 'string', maxLength: 300 } as const;
  const properties = { artifactId: text, scope: text, filePath: text, durationMs: { type: 'number' } } as const;
  const body = { type: 'object', required: Object.keys(properties), properties };
  app.post<{ Body: LazyLoadReport }>('/frontend-log/lazy-loaded', { schema: { body } }, ({ body: report }, reply) => {
    const { artifactId, scope, filePath, durationMs } = report;
    logger.info({ artifactId, scope, filePath, durationMs }, `perf:diff lazy-loaded ${filePath}`);
    return reply.code(204).send();
  });
}
