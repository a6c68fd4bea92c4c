import { gzipSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { parseEnvelope } from './envelope.ts';
import { buildSentry } from './sentry.ts';

let app: FastifyInstance;
afterEach(() => app.close());

const open = (keepsNothing = false) => {
  app = buildSentry({ keepsNothing, now: () => new Date(0) });
};

const event = (title: string, release: string) =>
  `{"event_id":"${title}-${release}"}\n{"type":"event"}\n${JSON.stringify({
    event_id: `${title}-${release}`,
    level: 'error',
    release,
    environment: 'demo',
    exception: { values: [{ type: 'Error', value: title }] },
  })}\n`;

const send = (payload: string | Buffer, headers = {}, key = 'demo') =>
  app.inject({
    method: 'POST',
    url: `/api/1/envelope/?sentry_version=7&sentry_key=${key}`,
    headers: { 'content-type': 'text/plain;charset=UTF-8', ...headers },
    payload,
  });

const ask = async (path: string) => app.inject({ url: `/api/0/organizations/demo/${path}` });
const newIn = (release: string) =>
  ask(`issues/?environment=demo&query=${encodeURIComponent(`firstRelease:"${release}"`)}`);

describe("the demo's Sentry", () => {
  it('groups what it is sent and knows in which release an issue was new', async () => {
    open();
    await send(event('old', 'demo@1'));
    await send(event('old', 'demo@2'));
    await send(gzipSync(event('new', 'demo@2')), { 'content-encoding': 'gzip' });
    await send(event('new', 'demo@2')); // the same once more
    expect((await newIn('demo@2')).json()).toMatchObject([{ title: 'Error: new', count: '1' }]);
    const known = encodeURIComponent('release:"demo@2" !firstRelease:"demo@2"');
    expect((await ask(`issues/?query=${known}`)).json()).toMatchObject([
      { title: 'Error: old', count: '2', filtered: { count: '1' } },
    ]);
  });

  it('answers page by page', async () => {
    open();
    for (const title of ['a', 'b', 'c']) await send(event(title, 'demo@1'));
    const first = await ask('issues/?limit=2');
    expect(first.json()).toHaveLength(2);
    expect(first.headers['link']).toMatch(/rel="next"; results="true"; cursor="0:2:0"$/);
    const second = await ask('issues/?limit=2&cursor=0:2:0');
    expect(second.json()).toMatchObject([{ title: 'Error: a' }]);
    expect(second.headers['link']).toContain('results="false"');
  });

  it('counts a session once, and what an SDK says it dropped', async () => {
    open();
    const session = '{"type":"session"}\n{"sid":"x","init":true,"attrs":{"release":"demo@1","environment":"demo"}}';
    const report = '{"discarded_events":[{"reason":"before_send","category":"error","quantity":2}]}';
    await send(`{}\n${session}`);
    await send(`{}\n${session}\n{"type":"client_report","length":${report.length}}\n${report}\n`);
    expect((await ask('sessions/?environment=demo')).json().groups).toMatchObject([{ totals: { 'sum(session)': 1 } }]);
    expect((await ask('sessions/?environment=other')).json().groups).toEqual([]);
    expect((await ask('stats_v2/')).json().groups).toMatchObject([{ by: { outcome: 'client_discard' } }]);
  });

  it('knows every status that a check-in had', async () => {
    open();
    const checkIn = (status: string) =>
      send(`{}\n{"type":"check_in"}\n{"check_in_id":"1","monitor_slug":"nightly","status":"${status}"}\n`);
    await checkIn('in_progress');
    await checkIn('ok');
    expect((await ask('monitors/nightly/checkins/')).json()).toMatchObject([
      { check_in_id: '1', status: 'ok', statuses: ['in_progress', 'ok'] },
    ]);
  });

  it('refuses a wrong key, another project and what is no envelope, and lets any page read the answer', async () => {
    open();
    const refused = await send(event('a', 'demo@1'), {}, 'wrong');
    expect(refused.statusCode).toBe(403);
    expect(refused.headers['access-control-allow-origin']).toBe('*');
    expect((await send('no envelope')).statusCode).toBe(400);
    expect((await app.inject({ url: '/api/0/projects/demo/other/' })).statusCode).toBe(404);
  });

  it('answers 200 and keeps nothing when it is planted to forget', async () => {
    open(true);
    expect((await send(event('a', 'demo@1'))).json()).toEqual({ id: 'a-demo@1' });
    expect((await newIn('demo@1')).json()).toEqual([]);
  });

  it('reads items of stated length that hold newlines', () => {
    open();
    const { items } = parseEnvelope(
      Buffer.from('{}\n{"type":"attachment","length":3}\na\nb\n{"type":"event"}\n{"x":1}'),
    );
    expect(items).toEqual([
      { type: 'attachment', payload: null },
      { type: 'event', payload: { x: 1 } },
    ]);
  });
});
