import { join } from 'node:path';
import fastify from 'fastify';
import { expect, it } from 'vitest';
import { plantBlockingScript } from './blocking-script.ts';

it('the page waits for a script at its head, which comes late', async () => {
  const app = fastify();
  plantBlockingScript(app, join(import.meta.dirname, '..', 'web', 'dist'), 300);
  const { body } = await app.inject('/manage?artifact=x');
  const address = /<head><script src="([^"]+)"><\/script>/.exec(body)?.[1] ?? 'none';
  const startedAt = performance.now();
  const script = await app.inject(address);
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(299);
  expect([script.statusCode, script.headers['content-type']]).toEqual([200, expect.stringContaining('javascript')]);
});
