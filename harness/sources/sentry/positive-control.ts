/**
 * The positive control: an event of our own goes in where the page's go in, and must come out where issues are read.
 * It is of level info and of a release of its own, so that it counts for nobody; all controls make one issue.
 */
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Shell } from '../../lib/shell.ts';
import type { Control } from '../../model/evidence.ts';
import type { SentryTarget } from '../../model/target-policy.ts';
import { notSeen, seen } from '../positive-control.ts';
import { ofOrganization, quotedForSearch, type SentryApi, SentryProblem } from './sentry-api.ts';

export interface ControlOptions {
  readonly api: SentryApi;
  readonly sentry: SentryTarget;
  readonly projectId: string;
  readonly readBackWithinMs: number;
  readonly shell: Shell;
  readonly signal: AbortSignal;
}

const SEND_TIMEOUT_MS = 10_000;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5000;

export const testEvent = {
  name: 'test-event',
  planted: "an event of our own, sent to the page's DSN and looked for among the issues",
};

/** The event did not come back: what Sentry does not show need not be absent. */
export class SentryBlind extends SentryProblem {
  readonly control: Control;

  constructor(message: string) {
    super(message, { code: 'control-not-seen', status: null });
    this.control = notSeen(testEvent, message);
  }
}

/** Sends the event and waits until it is read back. Throws SentryBlind when it is not, SentryProblem when it cannot be asked for. */
export async function proveSeeing(options: ControlOptions): Promise<Control> {
  const marker = randomBytes(16).toString('hex');
  const release = `rampgate-control@${marker}`;
  const startedAt = performance.now();
  await send(marker, release, options);
  const { api, sentry, projectId, readBackWithinMs, signal } = options;
  const query = { project: projectId, query: `release:${quotedForSearch(release)}`, statsPeriod: '1h', limit: '1' };
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    const found = await api.get(ofOrganization(sentry, 'issues/'), query);
    const waitedMs = performance.now() - startedAt;
    if (Array.isArray(found) && found.length > 0) {
      return seen(testEvent, `it came back in ${(waitedMs / 1000).toFixed(1)} s`);
    }
    if (waitedMs + pauseMs > readBackWithinMs) break;
    await sleep(pauseMs, undefined, { signal });
  }
  throw blind(
    `a test event that Sentry took could not be read back within ${readBackWithinMs / 1000} s: what is not seen there need not be absent`,
  );
}

async function send(marker: string, release: string, { sentry, shell, signal }: ControlOptions): Promise<void> {
  const { url, key } = ingestOf(sentry.dsn);
  const event = {
    event_id: marker,
    timestamp: shell.now().getTime() / 1000,
    platform: 'other',
    level: 'info',
    logger: 'rampgate',
    message: 'Rampgate: can this be read back?',
    release,
    environment: 'rampgate-control',
    tags: { 'rampgate.control': marker },
    fingerprint: ['rampgate-control'],
  };
  const header = { event_id: marker, sent_at: shell.now().toISOString() };
  const body = [header, { type: 'event' }, event].map((one) => `${JSON.stringify(one)}\n`).join('');
  const headers = {
    'content-type': 'application/x-sentry-envelope',
    'x-sentry-auth': `Sentry sentry_version=7, sentry_client=rampgate/1, sentry_key=${key}`,
  };
  try {
    const { status } = await shell.request(url, { method: 'POST', headers, body, timeoutMs: SEND_TIMEOUT_MS, signal });
    if (status < 200 || status > 299) throw blind(`Sentry refused a test event: its ingest answered ${status}`);
  } catch (error) {
    if (signal.aborted || error instanceof SentryProblem) throw error;
    throw blind(`a test event could not be sent: nothing answers at ${new URL(url).host}`);
  }
}

/** `https://key@host/prefix/42` → `https://host/prefix/api/42/envelope/`. */
function ingestOf(dsn: string): { readonly url: string; readonly key: string } {
  const { protocol, host, pathname, username } = new URL(dsn);
  const [, prefix = '', project = ''] = /^(.*)\/(\d+)\/?$/.exec(pathname) ?? [];
  if (project === '' || username === '') throw blind('the configured DSN is none: it looks like https://key@host/1');
  return { url: `${protocol}//${host}${prefix}/api/${project}/envelope/`, key: username };
}

function blind(message: string): SentryBlind {
  return new SentryBlind(message);
}
