import { afterEach, describe, expect, it } from 'vitest';
import { operate } from './operate.ts';
import { type OperatedDemo, operateDemo } from './operations.ts';

let demo: OperatedDemo | null = null;
afterEach(async () => {
  await demo?.stop();
  demo = null;
});

async function demoWith(
  ...faults: readonly ('stale-cache' | 'console-error' | 'fast-failures')[]
): Promise<OperatedDemo> {
  demo = await operateDemo({
    webPort: 0,
    apiPort: 0,
    faults: new Map(faults.map((fault) => [fault, 1])),
    sentryDsn: null,
    release: 'demo@1.0.0',
    isCacheEnabled: true,
  });
  return demo;
}

const diffOf = async ({ target }: OperatedDemo) => fetch(`${target.api}/artifacts/skill%3Apocket-notes/upstream-diff`);
const pageFaults = async ({ target }: OperatedDemo): Promise<string[]> => {
  const config: { readonly faults: object } = await (await fetch(`${target.web}/config.json`)).json();
  return Object.keys(config.faults);
};

describe('operating the demo', () => {
  it('takes one layer back at the same address, and leaves the other as it is', async () => {
    const both = await demoWith('fast-failures', 'console-error');
    expect((await diffOf(both)).status).toBe(500);
    expect(await operate(['undo', 'backend', '--api', both.target.api])).toBe(0);
    expect((await diffOf(both)).status).toBe(200);
    expect(await pageFaults(both)).toEqual(['console-error']);
    expect(await operate(['undo', 'frontend', '--api', both.target.api])).toBe(0);
    expect(await pageFaults(both)).toEqual([]);
  });

  it('goes forward again when it is taken back twice, as kubectl does', async () => {
    const faulty = await demoWith('fast-failures');
    await operate(['undo', 'backend', '--api', faulty.target.api]);
    await operate(['undo', 'backend', '--api', faulty.target.api]);
    expect((await diffOf(faulty)).status).toBe(500);
  });

  it('changes nothing in a dry run, and refuses where nothing is before', async () => {
    const faulty = await demoWith('fast-failures');
    expect(await operate(['undo', 'backend', '--dry-run', '--api', faulty.target.api])).toBe(0);
    expect((await diffOf(faulty)).status).toBe(500);
    expect(await operate(['undo', 'frontend', '--dry-run', '--api', faulty.target.api])).toBe(1);
    expect(await operate(['undo', 'everything', '--api', faulty.target.api])).toBe(1);
    expect(await operate(['undo', 'backend', '--api', 'http://localhost:9/api/v1'])).toBe(1);
    await expect(operate(['undo', 'backend'])).rejects.toThrow('Say what to do, and where');
  });

  it('switches the cache off and on', async () => {
    const cached = await demoWith();
    const cacheSays = async () => (await diffOf(cached)).headers.get('x-cache');
    expect([await cacheSays(), await cacheSays()]).toEqual(['MISS', 'HIT']);
    expect(await operate(['set', 'CACHE_DIFF_ENABLED=false', '--api', cached.target.api])).toBe(0);
    expect([await cacheSays(), await cacheSays()]).toEqual(['MISS', 'MISS']);
  });
});
