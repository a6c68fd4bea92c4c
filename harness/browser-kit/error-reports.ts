/** What a page reports to Sentry in one visit, read from the envelopes it sends. */
import type { BrowserContext, Page, Request } from 'playwright/test';
import type { ErrorReports, ReportedBuild, ReportedError } from './journal.ts';

export interface ErrorReportLog {
  /** Has the page send what it holds back, waits for the answers and sums up. Never throws. */
  finish(): Promise<ErrorReports>;
}

/** What a hidden page sends, it has sent by then; what is under way may take longer. */
const FLUSH_MS = 60;
const ANSWERS_WITHIN_MS = 2000;

/** Watches the envelopes of a context from now on. */
export function watchErrorReports(context: BrowserContext, page: Page): ErrorReportLog {
  const seen = startReports();
  const open = new Set<Request>();
  context.on('request', (request) => {
    const body = request.method() === 'POST' ? request.postDataBuffer() : null;
    if (body === null || !isEnvelope(request.url(), body)) return;
    open.add(request);
    seen.read(body);
  });
  context.on('response', (response) => {
    if (!open.delete(response.request())) return;
    seen.answered(response.ok() ? null : `answered ${response.status()}`);
  });
  context.on('requestfailed', (request) => {
    if (open.delete(request)) seen.answered(request.failure()?.errorText ?? 'it failed');
  });
  return {
    async finish() {
      // At the real unload nobody could see what it sends.
      await Promise.race([page.evaluate(hidePage).catch(() => undefined), pause(ANSWERS_WITHIN_MS)]);
      await pause(FLUSH_MS);
      const giveUpAt = performance.now() + ANSWERS_WITHIN_MS;
      while (open.size > 0 && performance.now() < giveUpAt) await pause(10);
      for (const _ of open) seen.answered(`not answered within ${ANSWERS_WITHIN_MS / 1000} s`);
      return seen.sum();
    },
  };
}

/** By its address or by its form: a tunnel may have any address. */
function isEnvelope(url: string, body: Buffer): boolean {
  if (/\/api\/\d+\/envelope\/?$/.test(new URL(url).pathname)) return true;
  const [header, item] = body.subarray(0, 4096).toString('utf8').split('\n', 2).map(jsonOrNull);
  return header != null && item != null && 'sent_at' in header && 'type' in item;
}

interface Payload {
  readonly event_id?: string;
  readonly level?: string;
  readonly release?: string;
  readonly environment?: string;
  readonly message?: string;
  readonly attrs?: { readonly release?: string; readonly environment?: string };
  readonly exception?: { readonly values?: readonly { readonly type?: string; readonly value?: string }[] };
  readonly discarded_events?: readonly {
    readonly reason?: string;
    readonly category?: string;
    readonly quantity?: number;
  }[];
}

/**
 * Reads envelopes one by one and sums them up.
 * @internal Exported for its tests.
 */
export function startReports() {
  let taken = 0;
  let unreadable = 0;
  const refused = new Set<string>();
  const builds = new Map<string, ReportedBuild>();
  const errors = new Map<string, ReportedError>();
  const dropped = new Map<string, number>();
  const readItem = (type: string, payload: Payload): void => {
    const { release = '', environment = '' } = payload.attrs ?? payload;
    const build = { release, environment };
    if (type === 'session' || type === 'sessions' || type === 'event') builds.set(JSON.stringify(build), build);
    if (type === 'event' && isError(payload)) {
      const eventId = payload.event_id ?? `unnamed ${errors.size}`;
      errors.set(eventId, { ...build, eventId, text: textOf(payload) });
    }
    if (type !== 'client_report') return;
    for (const { category, reason = 'no reason', quantity = 0 } of payload.discarded_events ?? []) {
      if (category === 'error') dropped.set(reason, (dropped.get(reason) ?? 0) + quantity);
    }
  };
  return {
    read(body: Buffer): void {
      const items = itemsOf(body);
      if (items === null) unreadable += 1;
      for (const { type, payload } of items ?? []) readItem(type, payload);
    },
    /** Null: with 2xx. */
    answered(whyNot: string | null): void {
      if (whyNot === null) taken += 1;
      else refused.add(whyNot);
    },
    sum: (): ErrorReports => ({
      taken,
      refused: [...refused],
      unreadable,
      builds: [...builds.values()],
      errors: [...errors.values()],
      dropped: Object.fromEntries(dropped),
    }),
  };
}

/** Feedback and messages below an error are no errors. */
function isError({ exception, level }: Payload): boolean {
  if (level !== undefined && level !== 'error' && level !== 'fatal') return false;
  return level !== undefined || (exception?.values?.length ?? 0) > 0;
}

function textOf({ exception, message }: Payload): string {
  const thrown = exception?.values?.at(-1);
  const words = thrown === undefined ? [message] : [thrown.type, thrown.value];
  return words.filter(Boolean).join(': ') || 'an error without words';
}

const telling = new Set(['event', 'session', 'sessions', 'client_report']);

/** The envelope's items; null where it does not hold together, or where one that tells something cannot be read. */
function itemsOf(body: Buffer): { readonly type: string; readonly payload: Payload }[] | null {
  let at = 0;
  const line = (): Buffer => {
    const end = body.indexOf(10, at);
    const taken = body.subarray(at, end === -1 ? body.length : end);
    at = end === -1 ? body.length : end + 1;
    return taken;
  };
  if (jsonOrNull(line().toString('utf8')) === null) return null;
  const items: { type: string; payload: Payload }[] = [];
  while (at < body.length) {
    const head = line();
    if (head.length === 0) continue;
    const header = jsonOrNull(head.toString('utf8')) as { type?: unknown; length?: unknown } | null;
    if (typeof header?.type !== 'string') return null;
    const length = typeof header.length === 'number' ? header.length : null;
    const payload = length === null ? line() : body.subarray(at, at + length);
    if (length !== null) at += length;
    const read = jsonOrNull(payload.toString('utf8'));
    // An attachment may be anything; what errors and builds are told by must be read.
    if (read === null && telling.has(header.type)) return null;
    items.push({ type: header.type, payload: read ?? {} });
  }
  return items;
}

function jsonOrNull(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}

/** Runs in the page. */
function hidePage(): void {
  Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'hidden' });
  document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  window.dispatchEvent(new PageTransitionEvent('pagehide'));
}

function pause(durationMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, durationMs));
}
