/** The Lighthouse probe: visits one page with Lighthouse, in a process of its own, and reads the results → evidence. */
import { mkdirSync, readFileSync } from 'node:fs';
import { extname, join, relative } from 'node:path';
import { z } from 'zod';
import { browserFlags } from '../../../setup/browser.mjs';
import { compiledEnv } from '../../lib/compile-cache.ts';
import type { Shell } from '../../lib/shell.ts';
import type { Attachment, Evidence, QualityIssue } from '../../model/evidence.ts';
import type { Json } from '../../model/units.ts';
import type { AuditNews, AuditTask } from './audit-page.ts';
import { type LighthouseResult, lighthouseResult, readRun } from './read-run.ts';
import type { LighthousePolicy } from './settings.ts';

export interface LighthouseProbeOptions {
  readonly web: string;
  readonly browser: { readonly path: string; readonly args: readonly string[] };
  readonly runFolder: string;
  readonly shell: Shell;
  readonly signal: AbortSignal;
  readonly onProgress: (text: string) => void;
  /** Lighthouse is ended when it has said nothing for so long; three minutes when left out. */
  readonly silentForMs?: number;
}

/** A run takes some ten seconds, and gives up on a page that does not load after a minute by itself. */
const SILENT_FOR_MS = 180_000;

/** Lighthouse reads the paint itself; this is the distance at which two ways of reading it still differ. */
const UNCERTAINTY_MS = 10;

const KEPT_LINES = 8;

/** Visits one page. Never throws: what goes wrong is in the evidence. */
export async function collectLighthouse(policy: LighthousePolicy, options: LighthouseProbeOptions): Promise<Evidence> {
  const { shell, runFolder, signal } = options;
  const startedAt = shell.now().toISOString();
  const visits = await visitPage(policy, options);
  const base = { probe: probeOf(policy), startedAt, finishedAt: shell.now().toISOString() };
  const { results, unreadable } = readFiles(visits.runs);
  const qualityIssue = qualityIssueOf(policy, {
    done: results.length,
    why: unreadable ?? visits.said,
    interrupted: signal.aborted,
  });
  if (results.length === 0 && qualityIssue !== null)
    return { ...base, status: 'unavailable', qualityIssues: [qualityIssue] };
  return {
    ...base,
    status: 'collected',
    ...readResults(policy, results),
    tools: { ...visits.tools, ...lighthouseVersion(results) },
    attachments: visits.files.map((file) => ({ ...file, path: relative(runFolder, file.path) })),
    qualityIssues: qualityIssue === null ? [] : [qualityIssue],
  };
}

interface Course {
  readonly done: number;
  readonly why: string;
  readonly interrupted: boolean;
}

function qualityIssueOf({ name, runs }: LighthousePolicy, { done, why, interrupted }: Course): QualityIssue | null {
  if (interrupted) return { code: 'interrupted', message: 'the run was interrupted' };
  if (done === runs) return null;
  return { code: 'probe-crashed', message: `Lighthouse gave ${done} of ${runs} results for ${name}: ${why}` };
}

interface Visits {
  /** Lighthouse's results, in order. */
  readonly runs: readonly string[];
  readonly tools: { readonly [name: string]: string };
  readonly files: readonly Attachment[];
  /** The last words of the process, for when it failed. */
  readonly said: string;
}

async function visitPage(policy: LighthousePolicy, options: LighthouseProbeOptions): Promise<Visits> {
  const { shell, signal, runFolder } = options;
  const folder = join(runFolder, 'evidence');
  mkdirSync(folder, { recursive: true });
  const task: AuditTask = {
    url: options.web + policy.path,
    runs: policy.runs,
    browser: { path: options.browser.path, args: [...browserFlags(), ...options.browser.args] },
    files: join(folder, probeOf(policy)),
  };
  const runs: string[] = [];
  const files: Attachment[] = [];
  const tools: { [name: string]: string } = {};
  const words: string[] = [];
  const watchdog = watchSilence(options.silentForMs ?? SILENT_FOR_MS, (silentMs) => {
    words.push(`it said nothing for ${silentMs / 1000} s, and was ended`);
    void running.stop('SIGINT');
  });
  const take = (news: AuditNews): void => {
    watchdog.heard();
    if (news.kind === 'browser') tools['Chromium'] = news.version;
    if (news.kind === 'run') {
      const name = `Lighthouse run ${news.run} of ${policy.name}`;
      files.push({ name, path: news.path, mediaType: 'application/json' });
      runs.push(news.path);
      options.onProgress(`${news.run} of ${policy.runs} runs`);
    }
    if (news.kind === 'report') {
      const name = `Lighthouse report of ${policy.name}, run ${news.run} (the median)`;
      files.push({ name, path: news.path, mediaType: 'text/html' });
    }
  };
  const script = join(import.meta.dirname, `audit-page${extname(import.meta.filename)}`);
  const running = shell.start([process.execPath, script, JSON.stringify(task)], {
    env: compiledEnv(),
    onLine: (line, stream) => {
      if (stream === 'stdout' && line.startsWith('{')) take(JSON.parse(line) as AuditNews);
      else if (line.trim() !== '') words.push(line.trim());
    },
  });
  const stop = (): void => void running.stop('SIGINT');
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  const ended = await running.ended;
  watchdog.end();
  signal.removeEventListener('abort', stop);
  return { runs, tools, files, said: ended.error ?? words.slice(-KEPT_LINES).join(' | ') };
}

/** Calls once when nothing was heard for so long. */
function watchSilence(
  silentForMs: number,
  onSilence: (silentMs: number) => void,
): { readonly heard: () => void; readonly end: () => void } {
  const begin = (): NodeJS.Timeout => setTimeout(() => onSilence(silentForMs), silentForMs);
  let timer = begin();
  return {
    heard: () => {
      clearTimeout(timer);
      timer = begin();
    },
    end: () => clearTimeout(timer),
  };
}

interface ReadFiles {
  readonly results: readonly LighthouseResult[];
  /** What is wrong with the first file that could not be read, if one could not. */
  readonly unreadable?: string;
}

function readFiles(paths: readonly string[]): ReadFiles {
  const results: LighthouseResult[] = [];
  for (const path of paths) {
    const parsed = lighthouseResult.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    if (!parsed.success) return { results, unreadable: `${path}: ${z.prettifyError(parsed.error)}` };
    results.push(parsed.data);
  }
  return { results };
}

function readResults(
  policy: LighthousePolicy,
  results: readonly LighthouseResult[],
): Pick<Evidence & { status: 'collected' }, 'measurements' | 'facts'> {
  const runs = results.map((result) => readRun(result, { text: policy.expectText }));
  const visits = `Lighthouse, ${results.length} runs one after another, nothing slowed down, desktop`;
  return {
    measurements: [
      {
        kind: 'timings',
        sli: `${policy.name}.first-contentful-paint`,
        how: `from the navigation to the first contentful paint; ${visits}`,
        unit: 'ms',
        uncertaintyMs: UNCERTAINTY_MS,
        samples: runs.flatMap((run) => (run.kind === 'sample' ? [run.sample] : [])),
        losses: runs.flatMap((run) => (run.kind === 'loss' ? [run.loss] : [])),
      },
    ],
    facts: {
      page: results[0]?.requestedUrl ?? '',
      runs: runs.map((run, index) => ({
        ...(run.kind === 'sample' ? run.metrics : { lost: run.loss.message }),
        benchmarkIndex: results[index]?.environment.benchmarkIndex ?? null,
      })),
      settings: (results[0]?.configSettings ?? {}) as Json,
      warmUp: 'one uncounted visit to another page, then one to the page, in a browser context of their own',
    },
  };
}

function lighthouseVersion([first]: readonly LighthouseResult[]): { readonly [name: string]: string } {
  return first === undefined ? {} : { Lighthouse: first.lighthouseVersion };
}

function probeOf({ name }: LighthousePolicy): string {
  return `lighthouse-${name}`;
}
