/** What the gate says to mistakes: each explained, with what to do next, and nothing left behind. */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { removeReports, startGate } from './run-gate.ts';

const quick = ['--config', 'checks/quick.config.ts'] as const;

afterAll(removeReports);

describe('rampgate gate', () => {
  const mistakes: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    [
      'an unknown target',
      [...quick, '--target', 'dmo'],
      ['There is no target called "dmo". Did you mean "demo"?', 'demo'],
    ],
    [
      'an unknown profile',
      [...quick, '--profile', 'pre-rampp'],
      ['There is no profile called "pre-rampp". Did you mean "pre-ramp"?'],
    ],
    ['an unknown criterion', [...quick, '--only', 'cold-start'], ['There is no criterion called "cold-start".']],
    [
      'an address that is none',
      [...quick, '--web', 'staging', '--api', 'http://localhost:1'],
      ['--web got "staging"', 'http://'],
    ],
    [
      'a host that may not be loaded',
      [...quick, '--web', 'http://example.test', '--api', 'http://example.test/api'],
      ['example.test is not on this machine', 'targets.demo.allowHosts'],
    ],
    [
      'a configuration that is not there',
      ['--config', 'nowhere.config.ts'],
      ['There is no configuration at', 'nowhere.config.ts'],
    ],
    [
      'a browser that is not there',
      [...quick, '--browser', '/nowhere/chromium', '--only', 'cold-start.diff-visible'],
      ['/nowhere/chromium'],
    ],
    ['an unknown flag', [...quick, '--profil', 'pre-ramp'], ["unknown option '--profil'", '--profile']],
  ];

  it.each(mistakes)(
    'explains %s and exits with 3, without a stack trace and without a run folder',
    async (_name, args, texts) => {
      const { exitCode, stderr, folder } = await startGate(...args).finished;
      for (const text of texts) expect(stderr).toContain(text);
      expect(stderr).not.toMatch(/^\s+at /m);
      expect(exitCode).toBe(3);
      expect(folder).toBeNull();
    },
  );

  it('explains a target where nobody answers', async () => {
    const url = `http://127.0.0.1:${await closedPort()}`;
    const { exitCode, stderr, folder } = await startGate(...quick, '--web', url, '--api', url).finished;
    expect(stderr).toContain(`Nothing answers at ${url} (web)`);
    expect(stderr).toContain('ECONNREFUSED');
    expect(exitCode).toBe(3);
    expect(folder).toBeNull();
  });

  it('names every problem of a configuration at once', async () => {
    const { exitCode, stderr } = await startGate('--config', 'checks/broken.config.ts').finished;
    expect(stderr).toContain('has 3 problems');
    expect(stderr).toContain('criteria.0: "limt" is not a known key; did you mean "limit"?');
    expect(exitCode).toBe(3);
  });

  it('says what the target said when it does not start', async () => {
    const { exitCode, stderr } = await startGate('--config', 'checks/no-start.config.ts').finished;
    expect(stderr).toContain('The target "demo" did not start');
    expect(stderr).toContain('no-such-fault');
    expect(exitCode).toBe(3);
  });

  it('says when a web server answers that is not the application', async () => {
    const server = createServer((_request, response) => response.end('hello'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { exitCode, report } = await startGate(
      ...quick,
      '--web',
      url,
      '--api',
      url,
      '--only',
      'deployments.error-rate',
    ).finished;
    server.closeAllConnections();
    server.close();
    expect(exitCode).toBe(2);
    expect(report?.findings).toMatchObject([
      { outcome: 'inconclusive', message: expect.stringContaining('could not be put on') },
    ]);
  });
});

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
