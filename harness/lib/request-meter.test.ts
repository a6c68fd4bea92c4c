import { expect, it } from 'vitest';
import { openRequestMeter } from './request-meter.ts';
import { realShell, type Shell } from './shell.ts';

const quietShell = (asked: string[]): Shell => ({
  ...realShell(),
  request: async (url) => {
    asked.push(url);
    return { status: 200, headers: {}, text: '' };
  },
});

it('counts what is asked of the target, also before it was known which that is, and nothing else', async () => {
  const meter = openRequestMeter(quietShell([]), null);
  await meter.shell.request('http://api.test/health', { timeoutMs: 1 });
  await meter.shell.request('http://sentry.test/api', { timeoutMs: 1 });
  meter.watch(['http://web.test', 'http://api.test/v1']);
  await meter.shell.request('http://api.test/v1/items', { timeoutMs: 1 });
  meter.add(10);
  expect([meter.made(), meter.left()]).toEqual([12, Number.POSITIVE_INFINITY]);
});

it('refuses what would go beyond the ceiling, and still asks others', async () => {
  const asked: string[] = [];
  const meter = openRequestMeter(quietShell(asked), 3);
  meter.watch(['http://api.test']);
  meter.add(2);
  await meter.shell.request('http://api.test/1', { timeoutMs: 1 });
  await expect(meter.shell.request('http://api.test/2', { timeoutMs: 1 })).rejects.toThrow(
    'it would be request 4, and 3 are the most allowed',
  );
  await meter.shell.request('http://sentry.test/', { timeoutMs: 1 });
  expect(asked).toEqual(['http://api.test/1', 'http://sentry.test/']);
  expect([meter.made(), meter.left()]).toEqual([3, 0]);
});
