import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { DemoTarget } from './demo.ts';
import { openLog } from './server/logs.ts';
import { buildWeb } from './server/web.ts';

const running: { readonly child: ChildProcess; readonly exit: Promise<number> }[] = [];
afterEach(async () => {
  for (const { child, exit } of running.splice(0)) {
    child.kill('SIGTERM');
    await exit;
  }
});

function run(...args: string[]) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), ...args]);
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => (output.stdout += chunk));
  child.stderr.on('data', (chunk) => (output.stderr += chunk));
  const exit = once(child, 'close').then(([code]) => code as number);
  running.push({ child, exit });
  return { child, output, exit };
}

async function start(...args: string[]) {
  const demo = run('--port', '0', '--api-port', '0', ...args);
  await expect.poll(() => demo.output.stdout, { timeout: 20_000 }).toContain('RAMPGATE_TARGET');
  const line = /^RAMPGATE_TARGET (.*)$/m.exec(demo.output.stdout)?.[1] ?? '';
  return { ...demo, target: JSON.parse(line) as DemoTarget };
}

describe('the command', () => {
  it('serves page and API, says where, and leaves nothing behind when it is told to stop', async () => {
    const { child, target, exit } = await start('--release', 'x@2', '--fault', 'slow-file-open');
    expect(target).toMatchObject({ release: 'x@2', pid: child.pid });
    const config = await (await fetch(`${target.web}/config.json`)).json();
    const told = { apiUrl: target.api, release: 'x@2', sentryDsn: null, summaryCountsLines: true };
    expect(config).toEqual({ ...told, faults: { 'slow-file-open': 300 } });
    expect(await (await fetch(`${target.web}/manage?artifact=x`)).text()).toContain('<div id="root">');
    expect((await fetch(`${target.web}/missing.js`)).status).toBe(404);
    expect((await fetch(`${target.api}/artifacts`)).status).toBe(200);
    expect(existsSync(target.logs.api)).toBe(true);
    child.kill('SIGTERM');
    expect(await exit).toBe(0);
    expect(existsSync(target.home)).toBe(false);
  });

  it('starts a Sentry where the page reports to, when asked', async () => {
    const { target } = await start('--with-sentry');
    const config = await (await fetch(`${target.web}/config.json`)).json();
    expect(config).toMatchObject({ sentryDsn: target.sentry?.dsn });
    expect(target.sentry).toMatchObject({ organization: 'demo', project: 'page', environment: 'demo' });
    const project = await fetch(`${target.sentry?.url}/api/0/projects/demo/page/`);
    expect(await project.json()).toMatchObject({ id: new URL(target.sentry?.dsn ?? '').pathname.slice(1) });
  });

  it('writes what the page loads lazily to the log of the page', async () => {
    const { target } = await start();
    const report = { artifactId: 'skill:x', scope: 'source-vs-project', filePath: 'a.md', durationMs: 3 };
    const answer = await fetch(`${target.web}/frontend-log/lazy-loaded`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(report),
    });
    expect(answer.status).toBe(204);
    expect(readFileSync(target.logs.frontend, 'utf8')).toMatch(/perf:diff.*lazy-loaded/);
  });

  it('log-elsewhere announces a log that is alive and not its own', async () => {
    const { target } = await start('--fault', 'log-elsewhere');
    await fetch(`${target.api}/projects?who=asked`);
    await expect.poll(() => readFileSync(target.logs.api, 'utf8')).toContain('Scheduler: nothing to do');
    await expect.poll(() => readFileSync(`${target.logs.api}.elsewhere`, 'utf8')).toContain('who=asked');
    expect(readFileSync(target.logs.api, 'utf8')).not.toContain('who=asked');
  });

  it('stops when whoever started it is gone', async () => {
    const { child, exit } = await start('--exit-with-parent');
    child.stdin.end();
    expect(await exit).toBe(0);
  });

  it('names the port that is taken', async () => {
    const blocker = createServer();
    await new Promise<void>((resolve) => blocker.listen(0, 'localhost', resolve));
    const address = blocker.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    const { output, exit } = run('--port', '0', '--api-port', String(port));
    expect(await exit).toBe(3);
    expect(output.stderr).toBe(
      `Port ${port} is taken by another program. Choose another with --api-port, or let the demo pick a free one: --api-port 0.\n`,
    );
    blocker.close();
  });

  it('refuses a fault that does not exist in one line', async () => {
    const { output, exit } = run('--fault', 'slow-dif');
    expect(await exit).toBe(3);
    expect(output.stderr).toMatch(/^There is no fault named slow-dif\. Did you mean slow-diff.*\n$/);
  });

  it('shows help and faults', async () => {
    const help = run('--help');
    const list = run('--list-faults');
    expect([await help.exit, await list.exit]).toEqual([0, 0]);
    expect(help.output.stdout).toContain('--api-port');
    expect(list.output.stdout).toContain('slow-diff');
  });
});

it('a page that is not built is an operator mistake that says how to build it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'no-build-'));
  const log = openLog(join(folder, 'frontend.log'));
  const noConfig = () => ({ apiUrl: '', release: '', sentryDsn: null, summaryCountsLines: true, faults: {} });
  await expect(buildWeb(noConfig, log.logger, folder)).rejects.toThrow('npx vite build demo/web');
  log.close();
  rmSync(folder, { recursive: true });
});
