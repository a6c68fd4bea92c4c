/** Projects, the caches over them, and the small lists the page asks for at start. */
import type { FastifyInstance } from 'fastify';
import { type ApiContext, requireProject } from '../context.ts';
import { describeProject, projectPaths } from '../library.ts';
import { pageOf } from '../pages.ts';
import { anyObject, pageQuery, problemAnswer } from '../schemas.ts';
import { artifactPlans, collectionNames } from '../seed-plan.ts';

const response = { 200: anyObject, 400: problemAnswer, 422: problemAnswer };

/** Adds the routes about projects and caches. */
export function addProjectRoutes(app: FastifyInstance, context: ApiContext): void {
  const listQuery = { type: 'object', properties: { ...pageQuery(20, 100), refresh: { type: 'boolean' } } };
  app.get<{ Querystring: { limit: number; after?: string } }>(
    '/projects',
    { schema: { summary: 'List projects', querystring: listQuery, response } },
    ({ query }) =>
      pageOf(
        projectPaths(context.home).map((path) => describeProject(context, path)),
        query.limit,
        query.after,
      ),
  );
  addCacheRoutes(app, context);
  addPageData(app);
}

function addCacheRoutes(app: FastifyInstance, { home, cache, drift, metrics, logger }: ApiContext): void {
  let lastRefresh: string | null = null;
  const properties = { project_id: { type: 'string' }, force: { type: 'boolean', default: false } };
  app.post<{ Body: { project_id?: string } }>(
    '/cache/refresh',
    { schema: { summary: 'Forget every cached answer', body: { type: 'object', properties }, response } },
    ({ body }) => {
      const startedAt = performance.now();
      if (body.project_id !== undefined) {
        requireProject(home, Buffer.from(body.project_id, 'base64url').toString());
      }
      cache.clear();
      drift.clear();
      metrics.countInvalidation();
      lastRefresh = new Date().toISOString();
      logger.info({ reason: 'refresh' }, 'cache_invalidated: all diff answers');
      return {
        success: true,
        projects_refreshed: body.project_id === undefined ? projectPaths(home).length : 1,
        changes_detected: false,
        errors: [],
        duration_seconds: (performance.now() - startedAt) / 1000,
        message: 'Refreshed',
      };
    },
  );
  app.get('/cache/status', { schema: { summary: 'What is cached', response } }, () => ({
    total_projects: projectPaths(home).length,
    total_artifacts: artifactPlans.length,
    stale_projects: 0,
    outdated_artifacts: artifactPlans.filter(({ files }) => files.modified.length > 0).length,
    cache_size_bytes: cache.sizeBytes(),
    last_refresh: lastRefresh,
    refresh_job_status: { is_running: false },
  }));
}

function addPageData(app: FastifyInstance): void {
  app.get('/user-collections', { schema: { summary: 'List collections', response } }, () => ({
    items: collectionNames.map((name) => ({ id: name, name, artifact_count: artifactPlans.length })),
  }));
  app.get('/tags', { schema: { summary: 'List tags', response } }, () => ({
    items: [...new Set(artifactPlans.flatMap(({ tags }) => tags))].sort(),
  }));
  app.get(
    '/marketplace/sources',
    { schema: { summary: 'List the repositories that artifacts follow', response } },
    () => ({
      items: [...new Set(artifactPlans.flatMap(({ repository }) => repository ?? []))].sort(),
    }),
  );
}
