/** What the gate says to mistakes: each explained, with what to do next, and nothing left behind. */

import { readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { temporaryFolders } from '../setup/temporary-folders.ts';
import { run } from './run-command-line.ts';
import { removeReports, startGate } from './run-gate.ts';

const quick = ['--config', 'checks/quick.config.ts'] as const;

const newFolder = temporaryFolders();
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
      const out = newFolder();
      const { exitCode, err } = await run('gate', '--out', out, ...args);
      for (const text of texts) expect(err).toContain(text);
      expect(err).not.toMatch(/^\s+at /m);
      expect(exitCode).toBe(3);
      expect(readdirSync(out)).toEqual([]);
    },
  );

  it('explains a target where nobody answers, in a process of its own', async () => {
    const url = `http://127.0.0.1:${await closedPort()}`;
    const { exitCode, stderr, folder } = await startGate(...quick, '--web', url, '--api', url).finished;
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(stderr).toContain(`Nothing answers at ${url} (web)`);
    expect(stderr).toContain('ECONNREFUSED');
    expect(exitCode).toBe(3);
    expect(folder).toBeNull();
  });

  it('names every problem of a configuration at once', async () => {
    const { exitCode, err } = await run('gate', '--out', newFolder(), '--config', 'checks/broken.config.ts');
    expect(err).toContain('has 3 problems');
    expect(err).toContain('criteria.0: "limt" is not a known key; did you mean "limit"?');
    expect(exitCode).toBe(3);
  });

  it('says what the target said when it does not start', async () => {
    const { exitCode, err } = await run('gate', '--out', newFolder(), '--config', 'checks/no-start.config.ts');
    expect(err).toContain('The target "demo" did not start');
    expect(err).toContain('no-such-fault');
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
