/** Health and metrics, outside the API's prefix. */
import type { FastifyInstance } from 'fastify';
import type { ApiContext } from '../context.ts';
import { projectPaths } from '../library.ts';

/** Adds the routes for operations. */
export function addHealthRoutes(app: FastifyInstance, { home, release, metrics, cache }: ApiContext): void {
  const health = () => ({
    status: 'healthy',
    timestamp: new Date().toISOString(),
    version: release,
    environment: 'demo',
    uptime_seconds: process.uptime(),
  });
  app.get('/health', health);
  app.get('/health/detailed', () => ({
    ...health(),
    components: {
      files: { status: 'healthy', projects: projectPaths(home).length },
      diff_cache: { status: 'healthy', size_bytes: cache.sizeBytes() },
    },
    system_info: { node: process.version, memory_bytes: process.memoryUsage.rss() },
  }));
  app.get('/health/ready', () => ({ status: 'ready' }));
  app.get('/health/live', () => ({ status: 'alive' }));
  app.get('/metrics', async (_request, reply) => reply.type(metrics.contentType).send(await metrics.render()));
}
