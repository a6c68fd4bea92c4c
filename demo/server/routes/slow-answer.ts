/** A route with a known duration, to prove that a load generator measures times correctly. */
import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';

/**
 * The minimum duration of an answer.
 * @internal Exported for its tests.
 */
export const slowAnswerMs = 300;

/** Adds it; it is no part of the documented API. */
export function addSlowAnswer(app: FastifyInstance, { hurries }: { readonly hurries: boolean }): void {
  app.get('/slow-answer', { schema: { hide: true } }, async () => {
    const startedAt = performance.now();
    // A timer may fire a part of a millisecond early.
    while (!hurries && performance.now() - startedAt < slowAnswerMs) {
      await pause(Math.ceil(slowAnswerMs - (performance.now() - startedAt)));
    }
    return { took_ms: performance.now() - startedAt };
  });
}
