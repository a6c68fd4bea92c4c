/** Each planted delay delays what it says, and nothing else. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterEach, describe, expect, it } from 'vitest';
import type { FaultName } from '../faults.ts';
import { diffPaths, openTestApi, type TestApi } from './test-api.fixture.ts';

let api: TestApi;
afterEach(() => api.close());

async function plant(name: FaultName, size: number): Promise<string> {
  api = await openTestApi({ faults: [[name, size]] });
  return diffPaths(api, 'skill:pocket-notes', 'sandbox')[0];
}

async function elapsedMs(path: string): Promise<number> {
  const startedAt = performance.now();
  await api.get(path);
  return performance.now() - startedAt;
}

/** How long each of so many takes, one after the other. */
async function elapsedEach(path: string, count: number): Promise<readonly number[]> {
  const all: number[] = [];
  for (let index = 0; index < count; index += 1) all.push(await elapsedMs(path));
  return all;
}

describe('a planted delay', () => {
  it('slow-diff delays every diff and nothing else', async () => {
    const path = await plant('slow-diff', 250);
    expect(await elapsedMs(path)).toBeGreaterThanOrEqual(249);
    expect(await elapsedMs(path)).toBeGreaterThanOrEqual(249);
    expect(Math.min(...(await elapsedEach('/tags', 5)))).toBeLessThan(249);
  });

  it('slow-diff-misses delays only what is computed', async () => {
    const path = await plant('slow-diff-misses', 400);
    expect(await elapsedMs(path)).toBeGreaterThanOrEqual(399);
    expect(Math.min(...(await elapsedEach(path, 5)))).toBeLessThan(399);
  });

  it('slow-diff-tail delays every tenth', async () => {
    const path = await plant('slow-diff-tail', 400);
    const late = (await elapsedEach(path, 20)).flatMap((ms, index) => (ms >= 399 ? index + 1 : []));
    expect(late).toEqual([10, 20]);
  });

  it('slow-under-load delays whoever comes in a crowd, and nobody who comes alone', async () => {
    const path = await plant('slow-under-load', 1500);
    const alone = await elapsedEach(path, 10);
    expect(Math.max(...alone)).toBeLessThan(1499);
    const crowd = await Promise.all(Array.from({ length: 40 }, () => elapsedMs(path)));
    expect(crowd.filter((ms) => ms >= 1499).length).toBeGreaterThanOrEqual(15);
  });

  it('drifting-diff makes each later than the one before', async () => {
    const path = await plant('drifting-diff', 1000);
    const [first = 0, ...others] = await elapsedEach(path, 20);
    expect(first).toBeLessThan(others.at(-1) ?? 0);
    expect(others.at(-1)).toBeGreaterThanOrEqual(189);
  });

  it('stalls hold up everything for a while', async () => {
    await plant('stalls', 500);
    const loop = monitorEventLoopDelay({ resolution: 10 });
    loop.enable();
    await expect.poll(() => loop.max / 1e6, { timeout: 10_000 }).toBeGreaterThanOrEqual(400);
    loop.disable();
  });
});
