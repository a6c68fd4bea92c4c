import { expect, it } from 'vitest';
import { keepPace } from './pace.ts';

async function elapsedMs(act: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await act();
  return performance.now() - startedAt;
}

it('keeps what follows apart from what went before, and lets the first go at once', async () => {
  const paced = keepPace(40);
  const first = await elapsedMs(paced);
  const startedAt = performance.now() - first;
  await paced();
  await paced();
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(75); // a timer may wake a little early
  expect(first).toBeLessThan(40);
});

it('waits for nothing where nothing is said', async () => {
  const paced = keepPace();
  await paced();
  expect(await elapsedMs(paced)).toBeLessThan(40);
});
