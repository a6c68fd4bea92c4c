/** A planted fault: every chunk of the page is served with more JavaScript in it than was built. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { seededRandom } from './random.ts';

/** Serves the chunks of the build, each larger by this percentage. */
export function plantBiggerBundle(app: FastifyInstance, buildFolder: string, percent: number): void {
  app.get<{ Params: { chunk: string } }>('/assets/:chunk(.+\\.js)', (request, reply) => {
    const { chunk } = request.params;
    const built = readFileSync(join(buildFolder, 'assets', chunk), 'utf8');
    const more = functionsOf(Math.round((built.length * percent) / 100), chunk);
    return reply.type('text/javascript; charset=utf-8').send(`${built}\n${more}`);
  });
}

/**
 * Functions that nobody calls, of this length in total. Each has as many random digits as make it compress about as well as
 * the built code.
 */
function functionsOf(length: number, seed: string): string {
  const random = seededRandom(seed);
  const functions: string[] = [];
  for (let written = 0; written < length; written += functions.at(-1)?.length ?? 1) {
    const digits = Array.from({ length: 14 }, () => Math.floor(random() * 16).toString(16)).join('');
    functions.push(`,(planted)=>planted+"${digits}"`);
  }
  return `;void[0${functions.join('')}];\n`;
}
