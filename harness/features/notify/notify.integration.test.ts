/** Channels told over real HTTP: by servers that record, refuse, fail for a while, send elsewhere, hang, or are not there. */
import { readdirSync } from 'node:fs';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  deliveryOf,
  leaked,
  openWorld,
  textsBelow,
  type World,
  writeConfig,
} from '../../../checks/reporting/reported-gate.ts';
import { run } from '../../../checks/run-command-line.ts';
import { localServers } from '../../../setup/local-servers.ts';
import { temporaryFolders } from '../../../setup/temporary-folders.ts';
import { redactorFor } from '../../lib/redact.ts';
import { realShell } from '../../lib/shell.ts';
import type { NotifyPolicy } from '../../model/notify-policy.ts';
import { deliverySentences } from '../../report/delivery-wording.ts';
import { alertNotice, recoveryNotice } from './notice.ts';
import { openNotifier } from './open-notifier.ts';

const newFolder = temporaryFolders();
const secretPath = '/services/T000/B000/planted-secret';

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

let received: Received[];
let answer: (response: ServerResponse, number: number) => void;
const serve = localServers();
let origin: string;
let reports: string;

beforeEach(async () => {
  received = [];
  answer = (response) => void response.end('ok');
  reports = join(newFolder(), 'reports');
  origin = await serve((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
      answer(response, received.length);
    });
  });
});

const about = {
  run: 'watch-1',
  at: '2026-11-28T12:40:00.000Z',
  target: 'production 0.4.0',
  link: 'https://ci.example.com/1',
};
const watched = {
  id: 'diff.error-rate',
  title: 'errors',
  value: '4.1 %, limit < 2 %',
  since: '12:38',
  advice: 'Look.',
};
const alert = alertNotice(watched, about);

const policy = (...kinds: readonly NotifyPolicy['channels'][number]['kind'][]): NotifyPolicy => ({
  channels: kinds.map((kind) => ({ name: 'team', kind, variable: `${kind.toUpperCase()}_WEBHOOK` })),
  verdicts: [],
  link: null,
  environment: 'production',
  timeoutMs: 2000,
});

function notifier(kinds: readonly NotifyPolicy['channels'][number]['kind'][], address = origin + secretPath) {
  const env = Object.fromEntries(kinds.map((kind) => [`${kind.toUpperCase()}_WEBHOOK`, address]));
  const shell = { ...realShell(), env };
  return openNotifier(policy(...kinds), { reports, shell, redactor: redactorFor(env), backOffMs: [1, 1] });
}

const tellOnce = async (...kinds: readonly NotifyPolicy['channels'][number]['kind'][]) => {
  const telling = notifier(kinds);
  await telling.tell([alert]);
  return telling.close();
};

describe('a channel', () => {
  it('is told an alert once and its recovery once, in its own format, with the link', async () => {
    const telling = notifier(['slack', 'teams', 'json']);
    for (const notice of [alert, alert, recoveryNotice(watched, about), recoveryNotice(watched, about)]) {
      await telling.tell([notice]);
    }
    const deliveries = await telling.close();
    expect(deliveries.map(({ service }) => service)).toEqual(['Slack team', 'Teams team', 'webhook team']);
    const bodies = received.map(({ body }) => JSON.parse(body));
    expect(bodies).toHaveLength(6);
    expect(bodies.filter(({ blocks }) => blocks !== undefined)).toHaveLength(2);
    expect(bodies.filter(({ attachments }) => attachments?.[0].content.type === 'AdaptiveCard')).toHaveLength(2);
    expect(bodies.flatMap(({ event }) => event ?? [])).toEqual(['alert', 'recovery']);
    for (const { body, headers } of received) {
      expect(body).toContain('https://ci.example.com/1');
      expect(headers['content-type']).toBe('application/json');
    }
    expect(new Set(received.map(({ headers }) => headers['idempotency-key'])).size).toBe(6);
  });

  it('that fails for a moment is asked again, with the same key, and told once', async () => {
    answer = (response, number) => void response.writeHead(number < 3 ? 503 : 200).end();
    const [delivery] = await tellOnce('slack');
    expect(delivery?.messages).toMatchObject([{ result: { status: 'delivered' }, kept: false }]);
    expect(new Set(received.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
    expect(received).toHaveLength(3);
  });

  it('that asks for patience of a second gets it, and one that asks for an hour is told later', async () => {
    const at: number[] = [];
    answer = (response, number) => {
      at.push(performance.now());
      response.writeHead(number === 1 ? 429 : 200, { 'retry-after': '1' }).end();
    };
    expect((await tellOnce('slack'))[0]?.messages).toMatchObject([{ result: { status: 'delivered' } }]);
    expect((at[1] ?? 0) - (at[0] ?? 0)).toBeGreaterThan(990);
    answer = (response) => void response.writeHead(429, { 'retry-after': '3600' }).end();
    expect((await tellOnce('slack'))[0]?.messages).toMatchObject([{ result: { status: 'rate-limited' }, kept: true }]);
    expect(received).toHaveLength(3);
  });

  it.each([
    ['refuses', 400, 'invalid_blocks', 'because it refused (400: invalid_blocks)'],
    ['is gone', 404, '', 'because it refused (404)'],
    ['sends elsewhere, where a POST would arrive as a GET', 302, '', 'because it refused (302)'],
  ])('that %s is not asked again, and it is said', async (_, status, body, words) => {
    answer = (response) => void response.writeHead(status, { location: '/elsewhere' }).end(body);
    const [delivery] = await tellOnce('teams');
    expect(received).toHaveLength(1);
    expect(delivery === undefined ? '' : deliverySentences(delivery).join(' ')).toContain(words);
    expect(delivery?.outbox.waiting).toBe(0);
  });

  it('that hangs keeps no other waiting, and is told when it is back', async () => {
    answer = (response, number) =>
      void (number > 0 && received.at(-1)?.body.includes('"blocks"') ? null : response.end());
    const deliveries = await tellOnce('slack', 'json');
    expect(deliveries.flatMap(({ messages }) => messages.map(({ result, kept }) => [result.status, kept]))).toEqual([
      ['timed-out', true],
      ['delivered', false],
    ]);
    expect(received).toHaveLength(2); // after a time-out it may have been taken: not at once again
    answer = (response) => void response.end();
    const later = notifier(['slack']);
    await later.sendWaiting(1000);
    const [delivery] = await later.close();
    expect(delivery?.messages).toMatchObject([{ result: { status: 'delivered' }, earlier: true, run: 'watch-1' }]);
    expect(delivery?.outbox.waiting).toBe(0);
    expect(received[2]?.body).toBe(received.find(({ body }) => body.includes('"blocks"'))?.body);
  });

  it('is told no secret', async () => {
    const env = { JSON_WEBHOOK: origin + secretPath, API_TOKEN: leaked };
    const telling = openNotifier(policy('json'), {
      reports,
      shell: { ...realShell(), env },
      redactor: redactorFor(env),
    });
    await telling.tell([alertNotice({ ...watched, value: `${leaked}, and ${origin}${secretPath}` }, about)]);
    await telling.close();
    expect(received[0]?.body).toContain('"text": "[redacted], and [redacted]"');
  });

  it('that is not there, or not named, is said, and its secret is nowhere', async () => {
    const telling = notifier(['slack'], `http://127.0.0.1:1${secretPath}`);
    await telling.tell([alert]);
    const [delivery] = await telling.close();
    const words = delivery === undefined ? '' : deliverySentences(delivery).join(' ');
    expect(words).toMatch(/^Not told Slack team \(127\.0\.0\.1:1\): alert .*because nothing answers/);
    expect(words).toContain('1 message waits in');
    expect(readdirSync(join(reports, 'outbox'))).toHaveLength(1);
    for (const { text } of textsBelow(reports)) expect(text).not.toContain('planted-secret');
    const unnamed = openNotifier(policy('slack'), {
      reports,
      shell: { ...realShell(), env: {} },
      redactor: redactorFor({}),
    });
    await unnamed.tell([alert]);
    const [nothing] = await unnamed.close();
    expect(nothing === undefined ? '' : deliverySentences(nothing)[0]).toBe(
      'Slack team was told nothing: SLACK_WEBHOOK is not set.',
    );
  });
});

describe('a gate with channels', () => {
  let world: World;
  let folder: string;
  const channels = { team: { slack: { env: 'TEST_WEBHOOK' } }, issues: { sentry: { env: 'TEST_ISSUES' } } };
  const notify = { channels, gate: { profiles: ['smoke'] }, link: 'https://ci.example.com/{run}', timeout: '2s' };
  const config = () => writeConfig(folder, world, { more: { reporting: undefined, notify } });
  const gate = (profile: string) => run('gate', '--config', config(), '--out', reports, '--profile', profile);

  beforeEach(async () => {
    world = await openWorld();
    folder = newFolder();
    process.env['TEST_WEBHOOK'] = origin + secretPath;
    process.env['TEST_ISSUES'] = world.dsn;
  });
  afterEach(async () => {
    for (const name of ['TEST_WEBHOOK', 'TEST_ISSUES']) delete process.env[name];
    await world.close();
  });

  it('tells them a no-go, and nothing of a go or of another profile', async () => {
    expect((await gate('smoke')).exitCode).toBe(0);
    world.state = 'bad';
    expect((await gate('nightly')).exitCode).toBe(1);
    expect(received).toEqual([]);
    const { exitCode, out } = await gate('smoke');
    expect(exitCode).toBe(1);
    expect(out.replaceAll(/\s+/g, ' ')).toMatch(
      /Told Slack team \(127\.0\.0\.1:\d+\): verdict smoke staging\. Told Sentry issues/,
    );
    expect(received).toHaveLength(1);
    expect(received[0]?.body).toMatch(/No-go: staging app@1[\s\S]*https:\/\/ci\.example\.com\/\d{8}T\d{6}Z-smoke/);
    expect((await world.issues()).map(({ title, level }) => [title, level])).toEqual([
      ['No-go: staging app@1', 'error'],
    ]);
  });

  it('has the same verdict when nobody hears it, says so, and delivers later', async () => {
    world.state = 'bad';
    answer = () => undefined;
    await world.closeSentry();
    const { exitCode, out } = await gate('smoke');
    expect(exitCode).toBe(1);
    expect(out.replaceAll(/\s+/g, ' ')).toContain('2 messages wait in');
    expect(deliveryOf(reports).also).toHaveLength(1);
    await world.reopenSentry();
    answer = (response) => void response.end();
    const delivered = await run('deliver', '--config', config(), '--out', reports);
    expect([delivered.exitCode, readdirSync(join(reports, 'outbox'))]).toEqual([0, []]);
  });
});
