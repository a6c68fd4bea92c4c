/** For tests of reporting: a target in a chosen state, a Sentry that answers as chosen, and the configuration of a gate. */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { z } from 'zod';
import { buildSentry, type Mood } from '../../demo/server/sentry/sentry.ts';
import type { Delivery } from '../../harness/model/delivery.ts';

/** `stuck`: the target never answers. */
export type State = 'good' | 'bad' | 'blind' | 'stuck' | 'leaky';

/** The secret in the answers of a leaky target. */
export const leaked = 'planted-by-the-target';

const issueSchema = z.object({ title: z.string(), level: z.string(), count: z.string(), firstSeen: z.string() });
const checkInSchema = z.object({
  check_in_id: z.string(),
  statuses: z.array(z.string()),
  status: z.string(),
  environment: z.string(),
  duration: z.number().optional(),
  monitor_config: z.unknown(),
});

export interface World {
  /** The state of the target, and how Sentry answers; tests change both. */
  state: State;
  mood: Mood;
  onStuck: () => void;
  readonly dsn: string;
  readonly address: string;
  /** Headers of the requests to the target. */
  readonly asked: IncomingHttpHeaders[];
  /** The complete envelopes that were sent to Sentry. */
  readonly envelopes: string[];
  issues(): Promise<z.output<typeof issueSchema>[]>;
  checkIns(): Promise<z.output<typeof checkInSchema>[]>;
  /** Closes Sentry; nothing else listens on its port. */
  closeSentry(): Promise<void>;
  reopenSentry(): Promise<void>;
  close(): Promise<void>;
}

/** Starts the target and Sentry on free ports. */
export async function openWorld(): Promise<World> {
  const asked: IncomingHttpHeaders[] = [];
  const envelopes: string[] = [];
  const target = createServer((request, response) => {
    if (request.url !== '/') asked.push(request.headers);
    if (request.url !== '/' && world.state === 'stuck') {
      world.onStuck();
      return;
    }
    response.end(JSON.stringify({ state: world.state === 'leaky' ? leaked : world.state }));
  });
  const sentry = buildSentry({ keepsNothing: false, now: () => new Date(), mood: () => world.mood });
  // In front of Sentry, so that it can close and reopen with everything that it stored.
  const front = (): Server =>
    createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const payload = Buffer.concat(chunks);
        envelopes.push(payload.toString('utf8'));
        if (world.mood === 'hangs') return;
        void sentry
          .inject({ method: 'POST', url: request.url ?? '', headers: request.headers, payload })
          .then((answer) => response.writeHead(answer.statusCode, { ...answer.headers }).end(answer.rawPayload));
      });
    });
  let ingest = front();
  const port = await listen(ingest, 0);
  const address = `http://127.0.0.1:${await listen(target, 0)}`;
  const read = async (path: string): Promise<unknown> =>
    (await sentry.inject({ url: `/api/0/organizations/demo/${path}` })).json();
  const world: World = {
    state: 'good',
    mood: 'well',
    onStuck: () => undefined,
    dsn: `http://demo@127.0.0.1:${port}/1`,
    address,
    asked,
    envelopes,
    issues: async () => z.array(issueSchema).parse(await read('issues/?query=')),
    checkIns: async () => z.array(checkInSchema).parse(await read('monitors/nightly/checkins/')),
    closeSentry: () => closed(ingest),
    reopenSentry: async () => {
      ingest = front();
      await listen(ingest, port);
    },
    close: async () => {
      await closed(ingest);
      await closed(target);
      await sentry.close();
    },
  };
  return world;
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => void server.close(() => resolve()));
}

/** Writes the configuration of a gate that checks the target's state; returns its path. `more` are further keys of it. */
export function writeConfig(folder: string, { address }: World, given: object = {}): string {
  const { more = {}, ...reporting }: { more?: object } = given;
  const path = join(folder, 'rampgate.config.mjs');
  const criterion = (id: string, severity: string) => ({
    id,
    title: `The target is good: ${id}`,
    scope: 'either',
    severity,
    from: 'checks:good',
    statistic: 'all',
    limit: '<= 0',
    minSamples: 1,
    rationale: 'It must be.',
    advice: 'Make it good.',
    checklist: [],
  });
  const target = { web: address, api: address, release: 'app@1', artifacts: {} };
  const rollout = {
    name: 'reported',
    successCriteria: {},
    defaultTarget: 'staging',
    targets: { staging: target, production: target },
    profiles: { nightly: {}, smoke: {} },
    scenarios: {},
    load: {},
    criteria: [
      criterion('target.good', 'blocking'),
      criterion('target.waived', 'blocking'),
      criterion('target.nice', 'advisory'),
    ],
    waivers: [{ criterion: 'target.waived', owner: 'Ada', reason: 'known', until: '2999-12-31' }],
    rollback: { steps: [] },
    reporting: {
      sentry: {
        dsn: { env: 'RAMPGATE_SENTRY_DSN' },
        profiles: ['nightly'],
        timeout: '20s',
        monitor: { profile: 'nightly', slug: 'nightly', schedule: '0 3 * * *', maxRuntime: '30min' },
        ...reporting,
      },
    },
    ...more,
  };
  const good = `async ({ request, check, blind }) => {
  const { state } = (await request('/state')).json();
  for (const sli of ['target.good', 'target.waived', 'target.nice']) {
    if (state === 'blind') blind(sli, 'the target does not say');
    else check(sli, { name: 'state', expected: 'good', actual: state, how: 'GET /state' });
  }
}`;
  writeFileSync(path, `export default { ...${JSON.stringify(rollout)}, checks: { good: ${good} } };\n`);
  return path;
}

/** `delivery.json` of the latest run. */
export function deliveryOf(reports: string): Delivery {
  return JSON.parse(readFileSync(join(reports, 'latest', 'delivery.json'), 'utf8')) as Delivery;
}

/** Every file below a folder, with its path and text. */
export function textsBelow(folder: string): { readonly name: string; readonly text: string }[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));
}
