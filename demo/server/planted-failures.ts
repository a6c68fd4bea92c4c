/** Planted faults that keep the API from answering: errors, hanging requests, and their log lines. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { PlantedFaults } from '../faults.ts';
import { everyShare } from './every-share.ts';
import { findArtifact } from './library.ts';
import { HttpProblem } from './problems.ts';

/** Adds the hooks that fail requests. */
export function plantFailures(app: FastifyInstance, planted: PlantedFaults, logger: Logger): void {
  plantErrors(app, planted);
  plantSilence(app, planted, logger);
  plantLargeDiffs(app, planted, logger);
  plantUpstream(app, planted, logger);
  plantTimeoutLines(app, planted, logger);
}

function plantErrors(app: FastifyInstance, planted: PlantedFaults): void {
  const diffFails = everyShare(planted.has('fast-failures') ? 100 : planted.get('diff-errors'));
  const listFails = everyShare(planted.get('deployments-errors'));
  const startsAt = performance.now() + (planted.get('failing-start') ?? 0);
  app.addHook('preHandler', async (request) => {
    const { kind } = request.routeOptions.config;
    if (kind === 'diff' && performance.now() < startsAt) throw new HttpProblem(500, 'Not ready to compare yet');
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

/** Whole diffs of more modified files than this give up. */
const manyFiles = 50;

function plantLargeDiffs(app: FastifyInstance, planted: PlantedFaults, logger: Logger): void {
  if (!planted.has('large-diff-gives-up')) return;
  app.addHook('preHandler', async (request) => {
    if (request.routeOptions.config.kind !== 'diff' || !isWholeLargeDiff(request)) return;
    logger.warn(`Diff timeout: gave up on ${request.url}`);
    throw new HttpProblem(504, 'The diff took too long');
  });
}

function isWholeLargeDiff({ params, query }: FastifyRequest): boolean {
  const plan = findArtifact((params as { readonly id: string }).id);
  const isWhole = (query as { readonly file_paths?: string }).file_paths === undefined;
  return isWhole && (plan?.files.modified.length ?? 0) > manyFiles;
}

function plantUpstream(app: FastifyInstance, planted: PlantedFaults, logger: Logger): void {
  const isRefused = everyShare(planted.get('upstream-refuses'));
  app.addHook('preHandler', async (request) => {
    const needsUpstream = /\/(?:upstream|source-project)-diff$/.test(request.routeOptions.url ?? '');
    if (!needsUpstream || !isRefused()) return;
    logger.error(`Fetching from upstream ended in error 403: rate limit exceeded`);
    throw new HttpProblem(502, 'The source could not be read');
  });
}

function plantTimeoutLines(app: FastifyInstance, planted: PlantedFaults, logger: Logger): void {
  const isLate = everyShare(planted.get('logged-timeouts'));
  app.addHook('onResponse', async (request) => {
    if (request.routeOptions.config.kind === 'diff' && isLate())
      logger.warn('Source did not answer before its timeout; the diff is of what was fetched before');
  });
}
