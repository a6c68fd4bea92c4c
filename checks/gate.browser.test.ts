/** The gate as a person starts it: mistakes, interruptions, a target that goes away, two at once. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { run } from './run-command-line.ts';
import { processesMentioning, type RunningGate, removeReports, startDemo, startGate } from './run-gate.ts';

const quick = ['--config', 'checks/quick.config.ts'] as const;

afterAll(removeReports);

/** Resolves when the gate has said something on its way. */
function said(gate: RunningGate, text: RegExp): Promise<void> {
  let heard = '';
  return new Promise((resolve, reject) => {
    gate.child.stderr?.on('data', (chunk: string) => {
      heard += chunk;
      if (text.test(heard)) resolve();
    });
    void gate.finished.then(({ stderr }) => reject(new Error(`the gate ended before it said ${text}: ${stderr}`)));
  });
}

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

  it('stops what it started when it is interrupted, keeps the evidence so far and exits with 130', async () => {
    const gate = startGate(...quick, '--only', 'deployments.error-rate', 'modal-reopen.duplicate-requests');
    await said(gate, /Load deployments/);
    gate.child.kill('SIGINT');
    const { exitCode, report, folder, stdout } = await gate.finished;
    expect(exitCode).toBe(130);
    expect(report?.run.interrupted).toBeDefined();
    expect(report?.findings.find((finding) => finding.criterion === 'deployments.error-rate')?.outcome).toBe(
      'inconclusive',
    );
    expect(readdirSync(join(folder ?? '', 'evidence'))).toContain('browser-modal-reopen.json');
    expect(stdout).toContain('gate.html');
    expect(processesMentioning(gate.out)).toEqual([]);
    expect(await answers(report?.run.target.web)).toBe(false);
  });

  it('stops a browser scenario in its middle as well', async () => {
    const gate = startGate(...quick, '--only', 'cold-start.diff-visible');
    await said(gate, /cold-start \d\/5/);
    gate.child.kill('SIGINT');
    const { exitCode, report } = await gate.finished;
    expect(exitCode).toBe(130);
    expect(report?.findings).toMatchObject([{ outcome: 'inconclusive' }]);
    expect(processesMentioning(gate.out)).toEqual([]);
  });

  it.each([
    ['the browser visits it', 'cold-start.diff-visible', /cold-start \d\/5/],
    ['the load is on', 'diff.error-rate', /Load diff/],
  ])('is inconclusive when the target goes away while %s', async (_name, criterion, moment) => {
    const demo = await startDemo();
    const gate = startGate(...quick, '--web', demo.web, '--api', demo.api, '--only', criterion);
    await said(gate, moment);
    await demo.stop();
    const { exitCode, report, stderr } = await gate.finished;
    expect(report?.verdict, stderr).toBe('inconclusive');
    expect(report?.findings).toMatchObject([
      { outcome: 'inconclusive', message: expect.stringContaining('stopped answering') },
    ]);
    expect(exitCode).toBe(2);
  });

  it('writes a report that holds together', async () => {
    const { folder, report, stdout, exitCode } = await startGate(...quick, '--only', 'modal-reopen.duplicate-requests')
      .finished;
    expect(exitCode).toBe(0);
    expect(report?.verdict).toBe('go');
    expect(report?.run.environment.browser).toMatch(/^Chromium \d+/);
    const written = readdirSync(folder ?? '');
    for (const name of [
      'gate.json',
      'gate.md',
      'gate.html',
      'gate.schema.json',
      'policy.json',
      'evidence',
      'playwright',
    ])
      expect(written).toContain(name);
    for (const { path } of report?.documents ?? []) expect(existsSync(join(folder ?? '', path)), path).toBe(true);
    const latest = readFileSync(join(folder ?? '', '..', 'latest', 'gate.json'), 'utf8');
    expect(latest).toBe(readFileSync(join(folder ?? '', 'gate.json'), 'utf8'));
    // A path is as long as it is, and must be copied whole.
    const lines = stdout.split('\n').filter((line) => !line.startsWith('Report: '));
    for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(80);
    // Escapes would be colours, and this is no terminal.
    expect(stdout).not.toContain('\u001B');
    // And what was saved is enough to judge it again, to the letter.
    expect((await run('judge', folder ?? '', '--json')).out).toBe(latest);
  });

  it('prints nothing but gate.json with --json, which knows how noisy the machine is', async () => {
    const { stdout, report, folder } = await startGate(...quick, '--only', 'diff.latency-p95', '--json').finished;
    expect(JSON.parse(stdout)).toEqual(report);
    expect(report?.machineNoise.loadsMs).toBeGreaterThan(0);
    expect(report?.machineNoise.timingsRatio).toBeNull(); // no browser was asked for
    expect(readdirSync(join(folder ?? '', 'evidence'))).toContain('machine.json');
    expect(report?.findings).toMatchObject([{ reason: expect.not.stringContaining('evidence-doubted') }]);
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

async function answers(url: string | undefined): Promise<boolean> {
  try {
    await fetch(url ?? '');
    return true;
  } catch {
    return false;
  }
}
