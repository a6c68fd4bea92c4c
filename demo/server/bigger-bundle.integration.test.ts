import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import { plantBiggerBundle } from './bigger-bundle.ts';

const build = join(import.meta.dirname, '..', 'web', 'dist');
const chunks = readdirSync(join(build, 'assets')).filter((name) => name.endsWith('.js'));

const compressions = [
  ['raw', (text: string) => Buffer.byteLength(text)],
  ['gzip', (text: string) => gzipSync(text).length],
  ['brotli', (text: string) => brotliCompressSync(text).length],
] as const;

describe('a bigger bundle', () => {
  it.each([4, 8])(
    'grows the page by about %i percent, however it is compressed, with scripts that run',
    async (percent) => {
      const app = fastify();
      plantBiggerBundle(app, build, percent);
      const served = await Promise.all(
        chunks.map(async (chunk) => {
          const { body, headers } = await app.inject(`/assets/${chunk}`);
          expect(headers['content-type']).toContain('javascript');
          return { built: readFileSync(join(build, 'assets', chunk), 'utf8'), body };
        }),
      );
      expect(served.length).toBeGreaterThan(1);
      for (const [name, size] of compressions) {
        const total = (of: 'built' | 'body') => served.reduce((sum, one) => sum + size(one[of]), 0);
        const growth = 100 * (total('body') / total('built') - 1);
        expect(growth, name).toBeGreaterThan(percent * 0.75);
        expect(growth, name).toBeLessThan(percent * 1.2);
      }
      for (const { built, body } of served) runInNewContext(body.slice(built.length));
    },
  );

  it('leaves everything else to whoever serves it', async () => {
    const app = fastify();
    plantBiggerBundle(app, build, 8);
    expect((await app.inject('/assets/index.css')).statusCode).toBe(404);
  });
});
