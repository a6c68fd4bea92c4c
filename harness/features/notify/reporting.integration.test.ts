import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  deliveryOf,
  leaked,
  openWorld,
  type State,
  textsBelow,
  type World,
  writeConfig,
} from '../../../checks/reporting/reported-gate.ts';
import { run } from '../../../checks/run-command-line.ts';
import { removeReports, startGate } from '../../../checks/run-gate.ts';
import { temporaryFolders } from '../../../setup/temporary-folders.ts';

const newFolder = temporaryFolders();
let world: World;
let folder: string;
let reports: string;

beforeEach(async () => {
  world = await openWorld();
  folder = newFolder();
  reports = join(folder, 'reports');
  process.env['RAMPGATE_SENTRY_DSN'] = world.dsn;
});
afterEach(async () => {
  delete process.env['RAMPGATE_SENTRY_DSN'];
  delete process.env['PLANTED_TOKEN'];
  removeReports();
  await world.close();
});

const nightly = ['--profile', 'nightly'] as const;
const gate = (reporting: object = {}, ...flags: readonly string[]) =>
  run('gate', '--config', writeConfig(folder, world, reporting), '--out', reports, ...nightly, ...flags);
const deliver = () => run('deliver', '--config', join(folder, 'rampgate.config.mjs'), '--out', reports);
const noMonitor = { monitor: undefined };
/** Of a Sentry that never answers, which is all the same after it. */
const impatient = { timeout: '300ms' };
const waiting = () => (existsSync(join(reports, 'outbox')) ? readdirSync(join(reports, 'outbox')) : []);
const flat = (text: string) => text.replaceAll(/\s+/g, ' ');
const fates = () => deliveryOf(reports).messages.map(({ about, result }) => [about, result.status]);

describe('a gate that reports', () => {
  it('makes one issue of a criterion and environment, however often it fails', async () => {
    world.state = 'bad';
    expect((await gate(noMonitor)).exitCode).toBe(1);
    const { out } = await gate(noMonitor);
    expect(flat(out)).toMatch(/Told Sentry \(127\.0\.0\.1:\d+\): target\.good\. Report: /);
    await gate(noMonitor, '--target', 'production');
    const other = writeConfig(newFolder(), world, { ...noMonitor, environment: 'night' });
    await run('gate', '--config', other, '--out', reports, ...nightly);
    // Not the waived one and not the advisory one.
    expect((await world.issues()).map(({ title, level, count }) => [title.split(':')[0], level, count])).toEqual([
      ['target.good fails on night', 'error', '1'],
      ['target.good fails on production', 'error', '1'],
      ['target.good fails on staging', 'error', '2'],
    ]);
  });

  it('tells of what could not be decided apart, as a warning', async () => {
    world.state = 'bad';
    await gate(noMonitor);
    world.state = 'blind';
    expect((await gate(noMonitor)).exitCode).toBe(2);
    expect((await world.issues()).map(({ title, level }) => [title.split(':')[0], level])).toEqual([
      ['target.good is undecided on staging', 'warning'],
      ['target.good fails on staging', 'error'],
    ]);
  });

  it('says what it found and nothing about this process, and asks the target as if it did not', async () => {
    world.state = 'bad';
    const { out, err } = await gate(noMonitor, '--json');
    expect(JSON.parse(out)).toMatchObject({ verdict: 'no-go' });
    expect(err).toContain('Told Sentry');
    const [header = '', , payload = ''] = world.envelopes[0]?.split('\n') ?? [];
    expect(Object.keys(JSON.parse(header)).toSorted()).toEqual(['event_id', 'sdk', 'sent_at']);
    const { contexts, sdk, ...event } = JSON.parse(payload);
    expect(event).toEqual({
      event_id: expect.any(String),
      timestamp: expect.any(Number),
      platform: 'node',
      logger: 'rampgate',
      level: 'error',
      message: 'target.good fails on staging: 1 of 1 check is false. state: expected good, found bad.',
      fingerprint: ['rampgate', 'fail', 'target.good', 'staging', 'staging'],
      environment: 'staging',
      release: 'app@1',
      tags: {
        criterion: 'target.good',
        outcome: 'fail',
        target: 'staging',
        profile: 'nightly',
        verdict: 'no-go',
        run: expect.stringContaining('-nightly-'),
      },
    });
    expect(contexts).toEqual({
      trace: expect.anything(),
      runtime: { name: 'node', version: process.version },
      finding: {
        title: 'The target is good: target.good',
        reason: 'check-failed',
        message: '1 of 1 check is false. state: expected good, found bad.',
        limit: '<= 0',
        observed: 'failed checks 1',
        value: 1,
        unit: 'count',
        samples: 1,
        rationale: 'It must be.',
        advice: 'Make it good.',
      },
    });
    expect(sdk.integrations ?? []).toEqual([]);
    expect(world.asked.length).toBeGreaterThan(0);
    for (const headers of world.asked) expect(Object.keys(headers).join()).not.toMatch(/sentry|baggage|traceparent/);
  });

  it('tells nobody where the profile is none that reports', async () => {
    world.state = 'bad';
    const config = writeConfig(folder, world);
    const { out, exitCode } = await run('gate', '--config', config, '--out', reports, '--profile', 'smoke');
    expect(exitCode).toBe(1);
    expect(out).not.toContain('Sentry');
    expect(existsSync(join(reports, 'latest', 'delivery.json'))).toBe(false);
    expect(world.envelopes).toEqual([]);
  });

  it.each([
    ['is not set', undefined],
    ['is not set', '  '],
    ['holds no DSN, which looks like https://key@host/1', 'https://o1.example.com/1'],
  ])('says that the variable %s, and goes on', async (why, dsn) => {
    if (dsn === undefined) delete process.env['RAMPGATE_SENTRY_DSN'];
    else process.env['RAMPGATE_SENTRY_DSN'] = dsn;
    const { out, exitCode } = await gate();
    expect(exitCode).toBe(0);
    expect(flat(out)).toContain(`Sentry was told nothing: RAMPGATE_SENTRY_DSN ${why}.`);
    expect(deliveryOf(reports)).toMatchObject({ to: null, problem: `RAMPGATE_SENTRY_DSN ${why}`, messages: [] });
    expect(readFileSync(join(reports, 'latest', 'gate.html'), 'utf8')).toContain('Sentry was told nothing');
    expect(await deliver()).toMatchObject({ exitCode: 3, err: expect.stringContaining(why) });
  });
});

describe('check-ins', () => {
  it.each<[State, string, number]>([
    ['good', 'ok', 0],
    ['bad', 'error', 1],
    ['blind', 'error', 2],
  ])('of a target that is %s end with %s', async (state, status, exitCode) => {
    world.state = state;
    expect((await gate()).exitCode).toBe(exitCode);
    expect(await world.checkIns()).toMatchObject([
      {
        statuses: ['in_progress', status],
        environment: 'staging',
        duration: expect.any(Number),
        monitor_config: {
          schedule: { type: 'crontab', value: '0 3 * * *' },
          timezone: 'UTC',
          checkin_margin: 10,
          max_runtime: 30,
        },
      },
    ]);
  });

  it('of a run that does not come to measure end with error', async () => {
    const said = await gate({}, '--web', 'http://127.0.0.1:9', '--api', 'http://127.0.0.1:9');
    expect(said.exitCode).toBe(3);
    expect(said.err).toMatch(/Told Sentry .*: check-in nightly \(in_progress, error\)/);
    expect(await world.checkIns()).toMatchObject([{ statuses: ['in_progress', 'error'] }]);
  });

  it('of a run that meets a bug end with error', async () => {
    writeFileSync(reports, 'a file in the place of the folder');
    expect((await gate()).exitCode).toBe(70);
    expect(await world.checkIns()).toMatchObject([{ statuses: ['in_progress', 'error'] }]);
  });

  it('of a run that is interrupted end with error, without a word on what it did not come to', async () => {
    world.state = 'stuck';
    const running = startGate('--config', writeConfig(folder, world), ...nightly);
    world.onStuck = () => void running.child.kill('SIGINT');
    const { exitCode } = await running.finished;
    expect(exitCode).toBe(130);
    expect(await world.checkIns()).toMatchObject([{ statuses: ['in_progress', 'error'] }]);
    expect(await world.issues()).toEqual([]);
  });

  it('are not made by a part of the run that the monitor waits for', async () => {
    expect((await gate({}, '--only', 'target.good')).exitCode).toBe(0);
    expect(await world.checkIns()).toEqual([]);
  });
});

describe('what Sentry does not take', () => {
  it.each([
    ['limits', 'rate-limited', 'it limits its rate (429)'],
    ['limits with 200', 'rate-limited', 'it limits its rate (200)'],
    ['fails', 'server-error', 'it failed (503)'],
    ['hangs', 'timed-out', 'there was no answer within 0.3 s'],
  ] as const)('because it %s is kept, said, and delivered once by the next run', async (mood, status, why) => {
    world.state = 'bad';
    world.mood = mood;
    const { out, exitCode } = await gate({ ...noMonitor, ...(mood === 'hangs' ? impatient : {}) });
    expect(exitCode).toBe(1);
    expect(flat(out)).toContain(`target.good, because ${why}. 1 message waits in `);
    expect(fates()).toEqual([['target.good', status]]);
    expect(waiting()).toHaveLength(1);
    expect(await world.issues()).toEqual([]);
    world.mood = 'well';
    world.state = 'good';
    const next = await gate(noMonitor);
    expect(flat(next.out)).toMatch(/Told Sentry \(\S+\), of earlier runs: target\.good\./);
    expect(deliveryOf(reports).messages).toMatchObject([
      { earlier: true, result: { status: 'delivered' }, kept: false },
    ]);
    expect(waiting()).toEqual([]);
    expect((await world.issues()).map(({ count }) => count)).toEqual(['1']);
  });

  it('because nobody is there comes later with its own time and id, and by a command too', async () => {
    world.state = 'bad';
    await world.closeSentry();
    const { out } = await gate();
    expect(flat(out)).toContain('target.good; check-in nightly (in_progress), because nothing answers (connect ECONN');
    expect(fates()).toEqual([
      ['nightly in_progress', 'unreachable'],
      ['target.good', 'unreachable'],
      ['nightly error', 'not-tried'],
    ]);
    const id = deliveryOf(reports).messages[1]?.id ?? '';
    expect((await deliver()).exitCode).toBe(2);
    expect(waiting()).toHaveLength(2);
    await world.reopenSentry();
    const [file = ''] = waiting().filter((name) => name.includes(id));
    // Relay moves what was sent long ago to when it came; what happened long ago it leaves there.
    const hoursAgo = new Date(Date.now() - 3 * 3_600_000);
    const kept = readFileSync(join(reports, 'outbox', file), 'utf8')
      .replace(/"sent_at": "[^"]*"/, `"sent_at": "${hoursAgo.toISOString()}"`)
      .replace(/"timestamp": [\d.]+/, `"timestamp": ${hoursAgo.getTime() / 1000}`);
    writeFileSync(join(reports, 'outbox', file), kept);
    expect(await deliver()).toMatchObject({
      exitCode: 0,
      out: expect.stringMatching(/of earlier runs: target\.good;\s+check-in nightly\s+\(error\)/),
    });
    expect(world.envelopes[0]).toContain(id);
    const [issue] = await world.issues();
    expect(issue?.firstSeen).toBe(hoursAgo.toISOString());
    expect(await world.checkIns()).toMatchObject([{ statuses: ['error'] }]);
    expect(flat((await deliver()).out)).toContain('There was nothing to tell Sentry');
  });

  it('because it refuses is not sent again, and says why', async () => {
    world.state = 'bad';
    process.env['RAMPGATE_SENTRY_DSN'] = world.dsn.replace('//demo@', '//other@');
    const { out, exitCode } = await gate(noMonitor);
    expect(exitCode).toBe(1);
    expect(flat(out)).toContain(
      'target.good, because it refused (403: event submission rejected with_reason: ProjectId). It is not sent again.',
    );
    expect(waiting()).toEqual([]);
  });

  it('changes nothing of the verdict', async () => {
    world.state = 'bad';
    world.mood = 'fails';
    await gate();
    const judged = await run('judge', join(reports, 'latest'));
    expect(judged.exitCode).toBe(1);
    expect(judged.out).toContain('to the letter');
    expect(readFileSync(join(reports, 'latest', 'gate.json'), 'utf8')).not.toMatch(/sentry/i);
  });

  it('does not hold the process', async () => {
    world.mood = 'hangs';
    // Which never answers; a process that waited for it would not end.
    const { exitCode, stdout } = await startGate('--config', writeConfig(folder, world, impatient), ...nightly)
      .finished;
    expect(exitCode).toBe(0);
    expect(stdout).toContain('no answer within 0.3 s');
  });

  it('is no check-in that a later run has overtaken, or that nobody waits for any more', async () => {
    world.mood = 'fails';
    await gate();
    await gate();
    expect(deliveryOf(reports).messages).toMatchObject([
      { about: 'nightly ok', earlier: true, result: { status: 'server-error' }, kept: true },
      { about: 'nightly ok', earlier: true, result: { status: 'given-up', why: 'a later run checks in' } },
      { about: 'nightly in_progress', result: { status: 'server-error' }, kept: false },
      { about: 'nightly ok', earlier: false, kept: true },
    ]);
    world.mood = 'well';
    const file = join(reports, 'outbox', waiting()[0] ?? '');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/("usableUntil": ")[^"]*/, '$12026-01-01T00:00:00.000Z'));
    const { out, exitCode } = await deliver();
    expect(exitCode).toBe(0);
    expect(flat(out)).toContain('because its monitor no longer waits for it.');
    expect(await world.checkIns()).toEqual([]);
  });

  it('is sent once where two deliver at the same time', async () => {
    world.state = 'bad';
    world.mood = 'fails';
    for (let count = 0; count < 3; count += 1) await gate(noMonitor);
    world.mood = 'well';
    world.envelopes.length = 0;
    await Promise.all([deliver(), deliver(), deliver()]);
    const ids = world.envelopes.map((text) => /"event_id":"(\w+)"/.exec(text)?.[1]);
    expect(new Set(ids).size).toBe(3);
    expect(ids).toHaveLength(3);
    expect(waiting()).toEqual([]);
  });

  it('for another project waits until that is asked again', async () => {
    world.state = 'bad';
    await world.closeSentry();
    await gate(noMonitor);
    process.env['RAMPGATE_SENTRY_DSN'] = 'https://demo@127.0.0.1:9/2';
    expect(await deliver()).toMatchObject({ exitCode: 2, out: expect.stringContaining('1 message waits') });
    await world.reopenSentry();
    process.env['RAMPGATE_SENTRY_DSN'] = world.dsn;
    expect((await deliver()).exitCode).toBe(0);
    expect(await world.issues()).toHaveLength(1);
  });
});

describe('secrets', () => {
  it('are in no event, and no part of the DSN is under the reports', async () => {
    process.env['PLANTED_TOKEN'] = leaked;
    world.state = 'leaky';
    await gate();
    expect(world.envelopes.join('\n')).toContain('found [redacted]');
    expect(world.envelopes.join('\n')).not.toContain(leaked);
    await world.closeSentry();
    process.env['RAMPGATE_SENTRY_DSN'] = world.dsn.replace('//demo@', '//plantedkeyofthedsn@');
    // Also what the configuration itself says.
    const config = writeConfig(newFolder(), world, { environment: leaked });
    await run('gate', '--config', config, '--out', reports, ...nightly);
    expect(waiting()).toHaveLength(2);
    const texts = textsBelow(reports);
    expect(texts.map(({ name }) => name)).toContainEqual(expect.stringMatching(/delivery\.json$/));
    for (const { name, text } of texts) expect(text, name).not.toMatch(/plantedkeyofthedsn|planted-by-the-target/);
  });
});
