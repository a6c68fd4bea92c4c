import { expect, it } from 'vitest';
import { createRateLimiter } from './rate-limiter.ts';

it('shuts a client out of everything for ten seconds after its twentieth identical request within ten', () => {
  let nowMs = 0;
  const limiter = createRateLimiter(20, () => nowMs);
  for (let count = 1; count < 20; count += 1) expect(limiter.admits('a', 'GET /x')).toBe(true);
  expect(limiter.admits('a', 'GET /x')).toBe(false);
  expect(limiter.admits('a', 'GET /y')).toBe(false);
  expect(limiter.admits('b', 'GET /x')).toBe(true);
  nowMs = 10_000;
  expect(limiter.admits('a', 'GET /y')).toBe(true);
});

it('lets the same request through again once the earlier ones are ten seconds old', () => {
  let nowMs = 0;
  const limiter = createRateLimiter(2, () => nowMs);
  for (nowMs = 0; nowMs < 100_000; nowMs += 10_000) expect(limiter.admits('a', 'GET /x')).toBe(true);
});
