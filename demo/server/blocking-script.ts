/** A planted fault: the page waits for a third-party script before it can paint anything. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';

/** Serves the page with a script in its head that arrives after this delay. */
export function plantBlockingScript(app: FastifyInstance, buildFolder: string, delayMs: number): void {
  app.get('/manage', (_request, reply) => {
    const built = readFileSync(join(buildFolder, 'index.html'), 'utf8');
    return reply
      .type('text/html; charset=utf-8')
      .send(built.replace('<head>', '<head><script src="/consent.js"></script>'));
  });
  app.get('/consent.js', async (_request, reply) => {
    await pause(delayMs);
    return reply.type('text/javascript; charset=utf-8').send('window.hasConsent = true;\n');
  });
}
