/** Sentry's REST API, as far as it is read: pages, rate limits and refusals, with the token kept out of every word. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Shell, WebAnswer } from '../../lib/shell.ts';
import type { QualityIssueCode } from '../../model/evidence.ts';
import type { SentryTarget } from '../../model/target-policy.ts';
import { quoted } from '../quoted.ts';

export interface SentryApi {
  /** GETs JSON from a path below `/api/0/`. Throws SentryProblem for every answer but 200 with JSON. */
  get(path: string, query?: SentryQuery): Promise<unknown>;
  /** The entries of all pages, `MAX_PAGES` at the most. */
  list(path: string, query: SentryQuery): Promise<{ readonly entries: readonly unknown[]; readonly complete: boolean }>;
}

export interface SentryQuery {
  readonly [name: string]: string | readonly string[];
}

/** Why Sentry could not be read. */
export class SentryProblem extends Error {
  override readonly name = 'SentryProblem';
  readonly code: QualityIssueCode;
  readonly status: number | null;

  constructor(message: string, { code, status }: { readonly code: QualityIssueCode; readonly status: number | null }) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

export interface SentryApiOptions {
  readonly sentry: Pick<SentryTarget, 'url'>;
  /** Null: none is sent. */
  readonly token: string | null;
  readonly shell: Shell;
  readonly signal: AbortSignal;
  /** How long one request may take. */
  readonly timeoutMs: number;
  /** How long a rate limit may hold the probe up, in all. */
  readonly patienceMs: number;
}

const MAX_PAGES = 10;
/** Where a 429 does not say until when. */
const DEFAULT_WAIT_MS = 1000;

/** `web@2.0.0` → `"web@2.0.0"`, as Sentry's searches take a value that may hold anything. */
export function quotedForSearch(value: string): string {
  return `"${value.replaceAll('"', String.raw`\"`)}"`;
}

/** The path below `/api/0/` of what belongs to an organization. */
export function ofOrganization({ organization }: Pick<SentryTarget, 'organization'>, path: string): string {
  return `organizations/${encodeURIComponent(organization)}/${path}`;
}

export function openSentryApi(options: SentryApiOptions): SentryApi {
  let patienceLeftMs = options.patienceMs;
  const ask = async (path: string, query: SentryQuery): Promise<WebAnswer> => {
    const url = addressOf(options.sentry.url, path, query);
    for (;;) {
      const answer = await request(url, path, options);
      if (answer.status !== 429) return answer;
      const waitMs = waitAfter(answer, options.shell.now().getTime());
      if (waitMs > patienceLeftMs) {
        const message = `Sentry limits how often it may be asked: ${path} answered 429, to be asked again in ${Math.ceil(waitMs / 1000)} s`;
        throw new SentryProblem(message, { code: 'rate-limited', status: 429 });
      }
      patienceLeftMs -= waitMs;
      await sleep(waitMs, undefined, { signal: options.signal });
    }
  };
  const read = async (path: string, query: SentryQuery) => {
    const answer = await ask(path, query);
    return { body: bodyOf(answer, path, options.token), link: answer.headers['link'] ?? '' };
  };
  return {
    get: async (path, query = {}) => (await read(path, query)).body,
    async list(path, query) {
      const entries: unknown[] = [];
      let cursor: string | null = null;
      for (let page = 1; page <= MAX_PAGES; page += 1) {
        const { body, link } = await read(path, cursor === null ? query : { ...query, cursor });
        if (!Array.isArray(body)) throw absent(`${path} answered 200 with something that is no list`, 200);
        entries.push(...(body as unknown[]));
        cursor = nextCursor(link);
        if (cursor === null) return { entries, complete: true };
      }
      return { entries, complete: false };
    },
  };
}

function addressOf(base: string, path: string, query: SentryQuery): string {
  const url = new URL(`${base}/api/0/${path}`);
  for (const [name, values] of Object.entries(query)) {
    for (const value of [values].flat()) url.searchParams.append(name, value);
  }
  return url.href;
}

async function request(url: string, path: string, options: SentryApiOptions): Promise<WebAnswer> {
  const { shell, signal, timeoutMs, token } = options;
  signal.throwIfAborted();
  try {
    const headers = { accept: 'application/json', ...(token === null ? {} : { authorization: `Bearer ${token}` }) };
    return await shell.request(url, { headers, timeoutMs, signal });
  } catch (error) {
    if (signal.aborted) throw error;
    const isLate = error instanceof Error && error.name === 'TimeoutError';
    throw absent(
      `Sentry did not answer ${path}: ${isLate ? `nothing came within ${timeoutMs / 1000} s` : causeOf(error)}`,
    );
  }
}

function bodyOf({ status, text }: WebAnswer, path: string, token: string | null): unknown {
  if (status === 200) {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      throw absent(`Sentry answered ${path} with something that is not JSON`, status);
    }
  }
  const why: { readonly [status: number]: string } = {
    401: token === null ? 'it asks for a token, and none is configured' : 'it does not accept the token',
    403: 'the token may not read this: it takes org:read, project:read and event:read',
    404: 'there is no such organization, project or environment, or the token does not show it',
  };
  const said = quoted(token === null ? text : text.replaceAll(token, '…')) || 'without a word';
  throw absent(`Sentry answered ${path} with ${status}: ${why[status] ?? said}`, status);
}

/** Only the cursor is taken from the answer: the token goes nowhere but to the configured address. */
function nextCursor(link: string): string | null {
  const next = link.split(/,\s*(?=<)/).find((part) => /rel="next"/.test(part) && /results="true"/.test(part));
  return /cursor="([^"]+)"/.exec(next ?? '')?.[1] ?? null;
}

function waitAfter({ headers }: WebAnswer, nowMs: number): number {
  const seconds = Number(headers['retry-after'] ?? Number.NaN);
  if (Number.isFinite(seconds)) return seconds * 1000;
  const resetAt = Number(headers['x-sentry-rate-limit-reset'] ?? Number.NaN);
  return Number.isFinite(resetAt) ? Math.max(resetAt * 1000 - nowMs, 0) + 1 : DEFAULT_WAIT_MS;
}

function absent(message: string, status: number | null = null): SentryProblem {
  return new SentryProblem(message, { code: 'signal-absent', status });
}

function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (cause instanceof AggregateError && cause.errors[0] instanceof Error) return cause.errors[0].message;
  return cause instanceof Error ? cause.message : error.message;
}
