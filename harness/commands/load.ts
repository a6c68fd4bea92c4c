/** `rampgate load URL`: the load probe alone. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseDurationMs } from '../config/quantities.ts';
import { exitCodes } from '../exit-codes.ts';
import { mistakes } from '../mistakes.ts';
import type { LoadRequest, LoadShare } from '../policy.ts';
import { summariseLoad } from '../probes/load/load-summary.ts';
import { type LoadPlan, type LoadResult, runLoad } from '../probes/load/run-load.ts';
import type { Shell } from '../shell.ts';
import { isLoopback } from '../target.ts';
import { interruptible } from './interruptible.ts';
import { renderLoad } from './render-load.ts';
import { showProgress } from './show-progress.ts';

export interface LoadFlags {
  readonly rate: string;
  readonly for: string;
  readonly warmUp: string;
  readonly timeout: string;
  readonly connections: string;
  readonly method: string;
  readonly header?: readonly string[];
  readonly bodyFile?: string;
  readonly vary?: string;
  readonly urls?: string;
  readonly expectStatus?: readonly string[];
  readonly expectBody?: string;
  readonly cacheHeader?: readonly string[];
  readonly allowHost?: readonly string[];
  readonly maxRate: string;
  readonly maxRequests: string;
  readonly insecure?: boolean;
  readonly json?: boolean;
}

/** Where caches usually say what they did, the most explicit first (RFC 9211, and what CDNs and proxies use). */
const usualCacheHeaders = ['x-cache', 'cache-status', 'x-cache-status', 'cf-cache-status'] as const;

/** Runs one load as the flags say; resolves to the exit code: 0 as intended, 2 not kept or nothing served. */
export async function loadCommand(url: string | undefined, flags: LoadFlags, shell: Shell): Promise<number> {
  const weighted = flags.urls === undefined ? [] : readUrls(resolve(shell.cwd, flags.urls));
  const all = [...(url === undefined ? [] : [{ url, weight: 1 }]), ...weighted];
  const plan = planLoad(all, flags, shell);
  const cacheHeaders = plan.cacheHeaders ?? [];
  const interruption = interruptible(shell);
  try {
    const title = `Load at ${plan.ratePerSecond}/s for ${plan.durationMs / 1000} s`;
    const result = await showProgress(shell.terminal)(title, (say) =>
      runLoad(plan, {
        signal: interruption.signal,
        onProgress: (done, planned) => say(`${done} of ${planned} requests`),
      }),
    );
    const summary = { url: all[0]?.url ?? '', ...summariseLoad(result, { cacheHeaders }) };
    const conclusion = concludeLoad(result, summary.url);
    if (flags.json === true) shell.out(`${JSON.stringify({ ...summary, conclusion: conclusion.sentence }, null, 2)}\n`);
    else shell.out(`\n${renderLoad(summary, conclusion.sentence)}`);
    return interruption.signal.aborted ? exitCodes.interrupted : conclusion.exitCode;
  } finally {
    interruption.release();
  }
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

function planLoad(urls: readonly WeightedUrl[], flags: LoadFlags, shell: Shell): LoadPlan {
  const [first] = urls;
  if (first === undefined) throw mistakes.nothingToLoad();
  for (const { url } of urls) if (!isHttpUrl(url)) throw mistakes.badUrl('load', url);
  const origins = [...new Set(urls.map(({ url }) => new URL(url).origin))];
  if (origins.length > 1)
    throw mistakes.badFlag('--urls', origins.join(', '), 'URLs of one origin; load each by itself');
  const { hostname, origin } = new URL(first.url);
  if (!isLoopback(hostname) && flags.allowHost?.includes(hostname) !== true)
    throw mistakes.loadHostNotAllowed(hostname);
  const ratePerSecond = positive('--rate', flags.rate);
  const durationMs = duration('--for', flags.for);
  const maxRate = { flag: '--max-rate', value: positive('--max-rate', flags.maxRate) };
  const maxRequests = { flag: '--max-requests', value: positive('--max-requests', flags.maxRequests) };
  if (ratePerSecond > maxRate.value) throw mistakes.aboveCeiling('--rate', ratePerSecond, maxRate);
  const warmUpMs = duration('--warm-up', flags.warmUp);
  const requests = Math.floor((ratePerSecond * (warmUpMs + durationMs)) / 1000);
  if (requests > maxRequests.value) {
    throw mistakes.aboveCeiling('--rate × (--warm-up + --for)', requests, maxRequests);
  }
  if (ratePerSecond * durationMs < 1000)
    throw mistakes.badFlag('--for', flags.for, 'long enough for one request at this rate');
  const { expectBody, insecure } = flags;
  return {
    baseUrl: origin,
    mix: mixOf(urls, { flags, requests, shell }),
    ratePerSecond,
    durationMs,
    warmUpMs,
    timeoutMs: duration('--timeout', flags.timeout),
    connections: wholeNumber('--connections', flags.connections),
    cacheHeaders: flags.cacheHeader ?? usualCacheHeaders,
    stopAtErrorRatio: STOP_AT_ERROR_RATIO,
    ...(expectBody === undefined ? {} : { expectBody }),
    ...(flags.expectStatus === undefined ? {} : { expectStatus: flags.expectStatus.map(status) }),
    ...(insecure === undefined ? {} : { insecure }),
  };
}

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
    ...(body === undefined ? {} : { body }),
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

interface Conclusion {
  readonly exitCode: number;
  readonly sentence: string;
}

/** One sentence on whether the numbers are what they seem, and the exit code that goes with it. */
function concludeLoad({ tally, stopped, generator, sent, abandoned }: LoadResult, url: string): Conclusion {
  const { good } = tally.counts;
  const failed = sent - good - abandoned;
  const worst = Object.entries(tally.failures)
    .sort(([, a], [, b]) => b - a)
    .slice(0, 2)
    .map(
      ([why, count]) => `${count} × ${why.startsWith('status 3') ? `${why}, a redirect, which is not followed` : why}`,
    )
    .join(', ');
  const undecided = (sentence: string): Conclusion => ({ exitCode: exitCodes.inconclusive, sentence });
  if (stopped?.why === 'interrupted') return undecided('Interrupted: these are the requests until then.');
  if (stopped?.why === 'rate-limited') {
    return undecided(`The target defended itself, so the load was stopped: ${stopped.message}.`);
  }
  if (good === 0) {
    return undecided(`Nothing was served: not one of ${sent} requests to ${url} ended well (${worst}).`);
  }
  if (stopped !== null) return undecided(`The load was stopped before its time: ${stopped.message} (${worst}).`);
  if (!generator.kept) {
    const rates = `${generator.achievedPerSecond.toFixed(1)}/s instead of ${generator.intendedPerSecond}/s`;
    return undecided(
      `The stated load was not put on: ${rates}, ${abandoned} requests without an end. The numbers are not the target's.`,
    );
  }
  const sentence =
    failed === 0
      ? `The load ran as intended, and all ${sent} requests ended well.`
      : `The load ran as intended; ${failed} of ${sent} requests failed (${worst}).`;
  return { exitCode: exitCodes.go, sentence };
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
