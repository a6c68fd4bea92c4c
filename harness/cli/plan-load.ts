/** The flags of `rampgate load` → the load they ask for. */

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { isLoopback } from '../gate/target.ts';
import { defined } from '../lib/defined.ts';
import { mistakes } from '../lib/mistakes.ts';
import { parseDurationMs } from '../lib/quantities.ts';
import type { Shell } from '../lib/shell.ts';
import type { LoadRequest, LoadShare } from '../model/load-mix.ts';
import type { ClosedLoopPlan, LoadPlan, OpenLoopPlan } from '../sources/load/load-plan.ts';
import type { LoadFlags } from './describe-load.ts';

/** Where caches usually say what they did, the most explicit first (RFC 9211, and what CDNs and proxies use). */
const usualCacheHeaders = ['x-cache', 'cache-status', 'x-cache-status', 'cf-cache-status'] as const;

/** All that `url` and `--urls` name, as one load. Throws an OperatorMistake for flags that do not hold. */
export function planLoad(url: string | undefined, flags: LoadFlags, shell: Shell): LoadPlan {
  const listed = flags.urls === undefined ? [] : readUrls(resolve(shell.cwd, flags.urls));
  return planFor([...(url === undefined ? [] : [{ url, weight: 1 }]), ...listed], flags, shell);
}

interface WeightedUrl {
  readonly url: string;
  readonly weight: number;
}

/** A line each: a URL, and before it a weight where it is not 1. Empty lines and lines that begin with # are left out. */
function readUrls(path: string): WeightedUrl[] {
  const lines = readText('--urls', path)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  if (lines.length === 0) throw mistakes.badFlag('--urls', path, 'a file with a URL on each line; it has none');
  return lines.map((line) => {
    const [, weight = '1', url = ''] = /^(?:(\d+(?:\.\d+)?)\s+)?(\S+)$/.exec(line) ?? [];
    if (!(Number(weight) > 0) || !isHttpUrl(url)) {
      throw mistakes.badFlag('--urls', line, 'lines such as "3 https://staging.example.com/api/items"');
    }
    return { url, weight: Number(weight) };
  });
}

function planFor(urls: readonly WeightedUrl[], flags: LoadFlags, shell: Shell): LoadPlan {
  const [first] = urls;
  if (first === undefined) throw mistakes.nothingToLoad();
  for (const { url } of urls) if (!isHttpUrl(url)) throw mistakes.badUrl('load', url);
  const origins = [...new Set(urls.map(({ url }) => new URL(url).origin))];
  if (origins.length > 1)
    throw mistakes.badFlag('--urls', origins.join(', '), 'URLs of one origin; load each by itself');
  const { hostname, origin } = new URL(first.url);
  if (!isLoopback(hostname) && flags.allowHost?.includes(hostname) !== true)
    throw mistakes.loadHostNotAllowed(hostname);
  const { expectBody, insecure } = flags;
  const load = flags.rate === 'max' ? closedLoop(flags) : openLoop(flags);
  if (flags.vary !== undefined && requestsOf(load) > MOST_DISTINCT) {
    throw mistakes.badFlag('--max-requests', String(requestsOf(load)), `at most ${MOST_DISTINCT} together with --vary`);
  }
  return {
    ...load,
    baseUrl: origin,
    mix: mixOf(urls, { flags, requests: requestsOf(load), shell }),
    timeoutMs: duration('--timeout', flags.timeout),
    cacheHeaders: flags.cacheHeader ?? usualCacheHeaders,
    stopAtErrorRatio: STOP_AT_ERROR_RATIO,
    ...defined({ expectBody, expectStatus: flags.expectStatus?.map(status), insecure }),
  };
}

type Pace =
  | Pick<OpenLoopPlan, 'loop' | 'ratePerSecond' | 'durationMs' | 'warmUpMs' | 'connections'>
  | Pick<ClosedLoopPlan, 'loop' | 'maxRequests' | 'durationMs' | 'warmUpMs' | 'connections'>;

function openLoop(flags: LoadFlags): Pace {
  const ratePerSecond = positive('--rate', flags.rate);
  const maxRate = { flag: '--max-rate', value: positive('--max-rate', flags.maxRate) };
  if (ratePerSecond > maxRate.value) throw mistakes.aboveCeiling('--rate', ratePerSecond, maxRate);
  const pace = {
    loop: 'open' as const,
    ratePerSecond,
    durationMs: duration('--for', flags.for),
    warmUpMs: duration('--warm-up', flags.warmUp),
    ...(flags.connections === undefined ? {} : { connections: wholeNumber('--connections', flags.connections) }),
  };
  const maxRequests = { flag: '--max-requests', value: mostRequests(flags) };
  const requests = requestsOf(pace);
  if (requests > maxRequests.value) {
    throw mistakes.aboveCeiling('--rate × (--warm-up + --for)', requests, maxRequests);
  }
  if (ratePerSecond * pace.durationMs < 1000)
    throw mistakes.badFlag('--for', flags.for, 'long enough for one request at this rate');
  return pace;
}

/** A closed loop has no rate to limit, so the number of requests must be limited explicitly. */
function closedLoop(flags: LoadFlags): Pace {
  if (flags.maxRequests === undefined) {
    throw mistakes.badFlag('--rate', 'max', 'given together with --max-requests, which then ends the load');
  }
  return {
    loop: 'closed',
    maxRequests: mostRequests(flags),
    durationMs: duration('--for', flags.for),
    warmUpMs: duration('--warm-up', flags.warmUp),
    connections: wholeNumber('--connections', flags.connections ?? '10'),
  };
}

function requestsOf(pace: Pace): number {
  if (pace.loop === 'closed') return pace.maxRequests;
  return Math.floor((pace.ratePerSecond * (pace.warmUpMs + pace.durationMs)) / 1000);
}

function mostRequests({ maxRequests }: LoadFlags): number {
  return maxRequests === undefined ? DEFAULT_MAX_REQUESTS : positive('--max-requests', maxRequests);
}

const DEFAULT_MAX_REQUESTS = 50_000;
/** Distinct addresses are made before the load begins, and must fit into memory. */
const MOST_DISTINCT = 1_000_000;

/** The circuit breaker of `safety.stopAtErrorRatio`, at its default. */
const STOP_AT_ERROR_RATIO = 0.5;

function mixOf(
  urls: readonly WeightedUrl[],
  { flags, requests, shell }: { readonly flags: LoadFlags; readonly requests: number; readonly shell: Shell },
): readonly LoadShare[] {
  const body = flags.bodyFile === undefined ? undefined : readText('--body-file', resolve(shell.cwd, flags.bodyFile));
  const common = {
    method: flags.method.toUpperCase() as NonNullable<LoadRequest['method']>,
    headers: headersOf(flags.header ?? []),
    ...defined({ body }),
  };
  const sum = urls.reduce((total, { weight }) => total + weight, 0);
  return urls.map(({ url, weight }) => {
    const { pathname, search } = new URL(url);
    const path = pathname + search;
    const [one, ...more] =
      flags.vary === undefined ? [path] : varied(path, { parameter: flags.vary, requests, run: shell.now().getTime() });
    return {
      name: url,
      share: weight / sum,
      // The same address again and again: what a cache is for. Varied ones are never asked for twice.
      repeated: flags.vary === undefined,
      requests: [{ ...common, path: one ?? path }, ...more.map((other) => ({ ...common, path: other }))],
    };
  });
}

interface Variation {
  readonly parameter: string;
  readonly requests: number;
  /** Keeps the addresses of one run apart from those of an earlier one, which a cache may still know. */
  readonly run: number;
}

/** As many distinct addresses as there are requests. */
function varied(path: string, { parameter, requests, run }: Variation): string[] {
  const start = `${path}${path.includes('?') ? '&' : '?'}${encodeURIComponent(parameter)}=${run}-`;
  return Array.from({ length: requests }, (_, index) => start + index);
}

function headersOf(lines: readonly string[]): { readonly [name: string]: string } {
  return Object.fromEntries(
    lines.map((line) => {
      const [, name, value] = /^([\w-]+):\s*(.*)$/.exec(line) ?? [];
      if (name === undefined || value === undefined)
        throw mistakes.badFlag('--header', line, 'a header such as "Accept: text/html"');
      return [name, value];
    }),
  );
}

function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:/.test(text);
}

function readText(flag: string, path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    throw mistakes.badFlag(flag, path, `a file that can be read (${code})`);
  }
}

function positive(flag: string, text: string): number {
  const value = Number(text);
  if (!(value > 0) || !Number.isFinite(value)) throw mistakes.badFlag(flag, text, 'a number greater than 0');
  return value;
}

function wholeNumber(flag: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw mistakes.badFlag(flag, text, 'a whole number from 1 on');
  return value;
}

function duration(flag: string, text: string): number {
  const value = parseDurationMs(text);
  if (value === null) throw mistakes.badFlag(flag, text, 'a duration with its unit, such as 30s or 500ms');
  return value;
}

function status(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 100 || value > 599) {
    throw mistakes.badFlag('--expect-status', text, 'a status from 100 to 599');
  }
  return value;
}
