import { beforeEach, describe, expect, it } from 'vitest';
import { createDiffCache, type DiffCache, type DiffKey } from './diff-cache.ts';

const key: DiffKey = {
  artifactId: 'skill:a',
  projectPath: '/p',
  collection: 'default',
  scope: 'collection-vs-project',
  mode: 'summary',
  filePaths: null,
};

describe('the diff cache', () => {
  let nowMs = 1;
  let cache: DiffCache;

  beforeEach(() => {
    nowMs = 1;
    cache = createDiffCache({ isEnabled: true, ttlMs: 30_000, now: () => nowMs });
  });

  const ask = (wanted: DiffKey, body = 'fresh') => cache.answer(wanted, async () => body);

  it('answers a repeated question from memory until the time is up', async () => {
    expect(await ask(key, 'first')).toEqual({ body: 'first', isHit: false });
    nowMs += 30_000;
    expect(await ask(key)).toEqual({ body: 'first', isHit: true });
    nowMs += 1;
    expect(await ask(key)).toEqual({ body: 'fresh', isHit: false });
  });

  it.each<Partial<DiffKey>>([
    { artifactId: 'skill:b' },
    { projectPath: '/q' },
    { projectPath: null },
    { collection: 'staging' },
    { scope: 'source-vs-project' },
    { mode: 'full' },
    { filePaths: [] },
    { filePaths: ['a.md'] },
  ])('keeps apart what differs in %j', async (difference) => {
    await ask(key, 'first');
    expect(await ask({ ...key, ...difference })).toEqual({ body: 'fresh', isHit: false });
  });

  it('takes the same files in another order for the same question', async () => {
    await ask({ ...key, filePaths: ['a', 'b'] }, 'first');
    expect(await ask({ ...key, filePaths: ['b', 'a'] })).toEqual({ body: 'first', isHit: true });
  });

  it('forgets one artifact and keeps the others', async () => {
    await ask(key, 'first');
    await ask({ ...key, artifactId: 'skill:ab' }, 'other');
    expect(cache.invalidate('skill:a')).toBe(1);
    expect((await ask(key)).isHit).toBe(false);
    expect((await ask({ ...key, artifactId: 'skill:ab' })).isHit).toBe(true);
  });

  it('does not keep an answer that was computed while its files were replaced', async () => {
    const late = await cache.answer(key, async () => {
      cache.invalidate(key.artifactId);
      return 'stale';
    });
    expect(late.isHit).toBe(false);
    expect(await ask(key)).toEqual({ body: 'fresh', isHit: false });
  });

  it('keeps nothing when it is switched off', async () => {
    cache = createDiffCache({ isEnabled: false, ttlMs: 30_000, now: () => nowMs });
    await ask(key, 'first');
    expect((await ask(key)).isHit).toBe(false);
  });
});
