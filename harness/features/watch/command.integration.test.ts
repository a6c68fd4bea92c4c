/** Watches of two hours against the real demo, with a clock that the tests control: faults come and go at stated minutes. */
import { appendFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { run } from '../../../checks/run-command-line.ts';
import { projectRoot, type RunningDemo, startDemo, startDemoWith } from '../../../checks/run-gate.ts';
import { began, runWatch } from '../../../checks/run-watch.ts';
import type { Happening } from '../../../checks/watch-clock.ts';
import { temporaryFolders } from '../../../setup/temporary-folders.ts';
import { exitCodes } from '../../lib/exit-codes.ts';
import type { Observation } from './model.ts';

const newFolder = temporaryFolders();
const minute = 60_000;

let demo: RunningDemo | null = null;
afterEach(async () => {
  await demo?.stop();
  demo = null;
});

/** The demo as it is now, or with something planted, at the addresses that it had. */
async function restart(...faults: readonly string[]): Promise<void> {
  if (demo === null) throw new Error('there is no demo');
  const [web, api] = [demo.web, demo.api].map((address) => new URL(address).port);
  await demo.stop();
  const planted = faults.flatMap((fault) => ['--fault', fault]);
  demo = await startDemoWith('--port', web ?? '', '--api-port', api ?? '', ...planted);
}

/** Of the load, as the journal has them. */
function trustedSamples(folder: string): Observation[] {
  const lines = readFileSync(join(folder, 'journal.ndjson'), 'utf8').trimEnd().split('\n');
  const all = lines.map((line) => JSON.parse(line) as Observation);
  return all.filter(
    (one) => one.kind === 'sample' && one.source === 'load-diff' && one.evidence.qualityIssues.length === 0,
  );
}

const at = (minutes: number): string => new Date(Date.parse(began) + minutes * minute).toISOString();

// Loads take their second each, and on a busy machine much longer.
describe('rampgate watch', { timeout: 240_000 }, () => {
  it('tells a fault of minute 40 within two sampling intervals, its end, and that the target was away', async () => {
    demo = await startDemo();
    const happenings: Happening[] = [
      { atMs: 39 * minute, happen: () => restart('cache-off') },
      { atMs: 65 * minute, happen: () => restart() },
      { atMs: 105 * minute, happen: () => demo?.stop() },
      { atMs: 125 * minute, happen: () => restart() },
    ];
    const flags = { only: ['diff.error-rate', 'diff.latency-p95', 'diff.cache-hit-rate'], for: '150min' };
    const { exitCode, events, report, folder } = await runWatch(newFolder(), { demo, flags, happenings });
    const alerts = events.flatMap((event) => (event.kind === 'alert' ? [event.alert] : []));
    // Two intervals after the first one that saw it, which is minute 40 unless the machine was too busy for a load as stated.
    const [first, , third] = trustedSamples(folder).filter(({ atMs }) => atMs >= 40 * minute);
    expect(alerts.map(({ id, since, raisedAt }) => ({ id, since, raisedAt }))).toEqual([
      { id: 'diff.cache-hit-rate', since: first?.at, raisedAt: third?.at },
      { id: 'target', since: at(110), raisedAt: at(120) },
    ]);
    expect(alerts[0]?.message).toMatch(
      /^it was \d+(\.\d+)? % since 14:\d\d:00 UTC \(\d+ of \d+\); the alert limit is < 40 %$/,
    );
    expect(alerts[0]?.values.at(-1)).toMatchObject({ at: third?.at, unit: 'ratio' });
    expect(alerts[0]?.rollback.scope).toBe('backend');
    // The demo's own rollback plan, with its address filled in.
    expect(alerts[0]?.rollback.steps.map(({ command }) => command)).toContainEqual(
      expect.stringContaining(report.watch.target.api),
    );
    expect(report.alerts.every(({ recoveredAt }) => recoveredAt !== null)).toBe(true);
    expect(report.gaps).toContainEqual(expect.objectContaining({ why: 'silent', from: at(110), source: null }));
    expect(report.findings.find(({ criterion }) => criterion === 'diff.cache-hit-rate')?.outcome).toBe('fail');
    expect(report.standing).toBe('failed');
    expect(exitCode).toBe(exitCodes['no-go']);
    expect(readFileSync(join(folder, 'watch.md'), 'utf8')).toContain('Failed: watch of demo');
    expect(readFileSync(join(folder, 'watch.html'), 'utf8')).toContain('To be rolled back: backend');
  });

  it('goes on after it was interrupted, and reports every gap: not running, asleep, a clock that was set', async () => {
    demo = await startDemo();
    const reports = newFolder();
    let interrupt = (): void => undefined;
    const first = await runWatch(reports, {
      demo,
      flags: { only: ['deployments.error-rate'], every: '15min', json: false },
      happenings: [{ atMs: 31 * minute, happen: () => interrupt() }],
      onInterrupt: (how) => {
        interrupt = how;
      },
    });
    expect(first.exitCode).toBe(exitCodes.interrupted);
    expect(first.out).toContain(`Go on with it: npx rampgate watch --resume ${first.report.watch.id}`);
    expect(first.report).toMatchObject({ standing: 'inconclusive', watch: { ended: 'interrupted' } });
    // Whoever was killed while it wrote left half a line.
    appendFileSync(join(first.folder, 'journal.ndjson'), '{"kind":"sample","at":"2026-');
    const second = await runWatch(reports, {
      demo,
      startsAt: at(46),
      flags: { only: ['deployments.error-rate'], every: '15min', resume: 'latest' },
      happenings: [
        { atMs: 22 * minute, happen: (clock) => clock.sleep(12 * minute) },
        { atMs: 52 * minute, happen: (clock) => clock.set(-60 * minute) },
      ],
    });
    expect(second.report.watch.id).toBe(first.report.watch.id);
    const gaps = second.report.gaps.filter(({ why }) => why !== 'unseen');
    expect(gaps.map(({ why, lastedMs }) => ({ why, minutes: lastedMs / minute }))).toEqual([
      { why: 'not-running', minutes: 46 - first.report.watch.elapsedMs / minute },
      { why: 'asleep', minutes: 12 },
      { why: 'clock-set', minutes: -60 },
    ]);
    expect(gaps[0]?.from).toBe(first.report.watch.seenAt);
    expect(gaps[1]?.from).toBe(at(68));
    expect(second.report.alerts).toEqual([]);
    expect(second.report.watch).toMatchObject({ ended: 'time', elapsedMs: 120 * minute });
    expect(second.report.findings).toMatchObject([{ criterion: 'deployments.error-rate', alerting: false }]);
    // Only one row of the checklist was asked about: that is no success.
    expect(second.exitCode).toBe(exitCodes.inconclusive);
    await expect(runWatch(reports, { demo, flags: { resume: 'latest' } })).rejects.toThrow('came to its end');
  });

  it('judges a stage of the ramp, and runs what ramps when somebody said so', async () => {
    demo = await startDemo();
    const reports = newFolder();
    const config = join(reports, 'stage.config.ts');
    const ramped = join(reports, 'ramped');
    writeFileSync(
      config,
      `import watched from '${projectRoot}/checks/watch.config.ts';
       const stages = { canary: { title: 'Canary', for: '5min', next: 'all', ramp: ['touch', '${ramped}'] } };
       const profiles = { watch: { load: { diff: { rate: 80, for: '1s' } } } };
       export default { ...watched, profiles, watch: { ...watched.watch, every: '1min', stages } };`,
    );
    const stage = { config, stage: 'canary', only: ['diff.error-rate'] };
    const good = await runWatch(reports, { demo, flags: { ...stage, ramp: true, json: false } });
    expect(good.report).toMatchObject({ advice: 'go-on', standing: 'success' });
    expect(good.out).toContain(
      'GO ON\nNo alert in this stage, and everything that could raise one was seen. Go on to\nall.',
    );
    expect(existsSync(ramped)).toBe(true);
    expect(good.exitCode).toBe(exitCodes.go);
    const short = await runWatch(reports, { demo, flags: { ...stage, for: '2min' } });
    expect(short).toMatchObject({ report: { advice: 'hold' }, exitCode: exitCodes.inconclusive });
    await restart('diff-errors=30');
    const bad = await runWatch(reports, { demo, flags: { ...stage, ramp: true } });
    expect(bad).toMatchObject({
      report: { advice: 'go-back', rollback: { scope: 'backend' } },
      exitCode: exitCodes['no-go'],
    });
  });

  it('counts log patterns window by window, through a rotation', async () => {
    const reports = newFolder();
    const server = await listening();
    const log = join(reports, 'api.log');
    const write = (minutes: number, text: string): void => appendFileSync(log, `${at(minutes)} ${text}\n`);
    const config = join(reports, 'logs.config.mjs');
    writeFileSync(
      config,
      `export default {
        name: 'logs', successCriteria: { S1: 'No time-outs' }, defaultTarget: 'it', scenarios: {}, load: {},
        targets: { it: { web: '${addressOf(server)}', api: '${addressOf(server)}', release: 'r1', artifacts: {} } },
        profiles: { watch: {} }, watch: { for: '40min', every: '1min', sample: { 'logs:api': '10min' } },
        logs: { api: { source: { files: ['${log}*'] }, patterns: { timeouts: 'timeout', hits: 'cache hit' } } },
        criteria: [{ id: 'logs.timeouts', title: 'Time-outs', scope: 'backend', from: 'logs:api', statistic: 'count',
          limit: '<= 0', minSamples: 5, rationale: 'r', advice: 'a', checklist: ['S1'] }],
        rollback: { steps: [] },
      };\n`,
    );
    write(0, 'started');
    const happenings: Happening[] = Array.from({ length: 39 }, (_, index) => ({
      atMs: (index + 0.5) * minute,
      happen: () => {
        write(index + 0.5, 'cache hit');
        // As logrotate does: the file gets another name, and a new one begins.
        if (index === 14) renameSync(log, `${log}.1`);
        if (index === 32) write(32.6, 'upstream timeout');
      },
    }));
    const { report, events, exitCode } = await runWatch(reports, { demo, flags: { config }, happenings });
    await closed(server);
    expect(report.logWindows.map(({ until, counts }) => [until, counts['logs.hits'], counts['logs.timeouts']])).toEqual(
      [
        [at(10), 10, 0],
        [at(20), 10, 0],
        [at(30), 10, 0],
        [at(40), 9, 1],
      ],
    );
    expect(events.filter(({ kind }) => kind === 'log-window')).toHaveLength(4);
    expect(report.because).toBe('Failed: Time-outs.');
    expect(exitCode).toBe(exitCodes['no-go']);
  });

  it('tells whoever is to be told of an alert, once, and of its end', async () => {
    const reports = newFolder();
    const told: { readonly event: string; readonly title: string; readonly steps: readonly unknown[] }[] = [];
    const webhook = await listening((body) => told.push(JSON.parse(body)));
    let target = await listening();
    const { port } = new URL(addressOf(target));
    const config = join(reports, 'told.config.mjs');
    writeFileSync(
      config,
      `export default {
        name: 'told', successCriteria: { S1: 'It is true' }, defaultTarget: 'it', scenarios: {}, load: {},
        targets: { it: { web: '${addressOf(target)}', api: '${addressOf(target)}', release: 'r1', artifacts: {} } },
        profiles: { watch: {} }, watch: { for: '30min', every: '1min', goneAfter: '3min', sample: { 'checks:it': '10min' } },
        checks: { it: async ({ check }) => check('it.is', { name: 'it', expected: 'good', actual: 'good', how: 'said' }) },
        criteria: [{ id: 'it.is', title: 'It is', scope: 'backend', from: 'checks:it', statistic: 'all', limit: '<= 0',
          minSamples: 1, rationale: 'r', advice: 'a', checklist: ['S1'] }],
        notify: { channels: { pager: { json: { env: 'RAMPGATE_TEST_WATCH_HOOK' } } } },
        rollback: { steps: [{ title: 'Go back', layer: 'backend', command: 'true', verify: 'look' }] },
      };\n`,
    );
    process.env['RAMPGATE_TEST_WATCH_HOOK'] = addressOf(webhook);
    const happenings: Happening[] = [
      { atMs: 5.5 * minute, happen: () => closed(target) },
      {
        atMs: 12.5 * minute,
        happen: async () => {
          target = await listening(undefined, Number(port));
        },
      },
    ];
    const { report, err, folder, exitCode } = await runWatch(reports, { demo: null, flags: { config }, happenings });
    await Promise.all([closed(target), closed(webhook)]);
    expect(told.map(({ event, title }) => [event, title])).toEqual([
      ['alert', 'Alert: it answers: it r1'],
      ['recovery', 'Recovered: it answers: it r1'],
    ]);
    expect(told[0]?.steps).toEqual([{ title: 'Go back', command: 'true' }]);
    expect(report.alerts).toMatchObject([{ since: at(6), raisedAt: at(9), recoveredAt: at(13) }]);
    expect(err).toContain('Told webhook pager');
    expect(existsSync(join(folder, 'delivery.json'))).toBe(true);
    expect(exitCode).toBe(exitCodes.go);
  });

  it.each([
    ['a watch that there is not', ['--resume', '20260101T000000Z-watch-0000'], 'There is no watch called'],
    ['a time that is none', ['--for', 'long'], '--for got "long"'],
    ['a stage that there is not', ['--stage', 'canery'], 'Did you mean "canary"?'],
    [
      'a configuration without the profile',
      ['--config', 'checks/quick.config.ts'],
      'There is no profile called "watch"',
    ],
  ])('explains %s and exits with 3', async (_, argv, message) => {
    const { exitCode, err } = await run('watch', '--out', newFolder(), ...argv);
    expect(err).toContain(message);
    expect(exitCode).toBe(exitCodes.mistake);
  });
});

/** A server that answers everything; `take` gets what is posted. */
async function listening(take: (body: string) => void = () => undefined, port = 0): Promise<Server> {
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      if (body !== '') take(body);
      response.end('here');
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return server;
}

function closed(server: Server): Promise<void> {
  const done = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  return done;
}

function addressOf(server: Server): string {
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
}
