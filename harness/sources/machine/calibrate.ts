/** The machine probe: does the same things twice, on a target that is always the same → evidence of this machine's noise. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { timeReferenceWork } from '../../browser-kit/reference-work.ts';
import { messageOf } from '../../lib/message-of.ts';
import { packageVersion } from '../../lib/package-version.ts';
import { redactorFor } from '../../lib/redact.ts';
import type { RunningProcess, Shell } from '../../lib/shell.ts';
import {
  calibration,
  type Evidence,
  type Measurement,
  type QualityIssue,
  type TimingSample,
} from '../../model/evidence.ts';
import type { Policy } from '../../model/policy.ts';
import { collectBrowser } from '../browser/collect-browser.ts';
import { runLoad } from '../load/run-load.ts';

export interface CalibrationOptions {
  /** What will be measured with, or null where nothing is timed in a browser. */
  readonly browser: { readonly path: string; readonly settings: Policy['browser'] } | null;
  /** Whether loads will be put on. */
  readonly loads: boolean;
  /** For a run that has only a minute: half of it, which tells noise less exactly, and so never less of it. */
  readonly brief?: boolean;
  readonly shell: Shell;
  readonly signal: AbortSignal;
  readonly onProgress: (text: string) => void;
}

interface Effort {
  readonly visits: number;
  readonly loadMs: number;
  readonly loadWarmUpMs: number;
}

/** Two visits in each of two passes: 18 clicks each; briefly, half of that. */
const efforts = {
  whole: { visits: 4, loadMs: 2000, loadWarmUpMs: 500 },
  brief: { visits: 2, loadMs: 900, loadWarmUpMs: 250 },
} as const satisfies { readonly [name: string]: Effort };
const PASSES = 2;
const ROUNDS = 9;
/** Requests of each load: 86 bound a p95 on both sides. */
const RATE_PER_SECOND = 100;
const REFERENCE_WORK_TIMES = 40;
/** The first ones are compiled on the way. */
const REFERENCE_WORK_WARM_UPS = 10;

/** It has nothing to do but listen. */
const STARTS_WITHIN_MS = 20_000;

interface Part {
  readonly measurements: readonly Measurement[];
  readonly qualityIssues: readonly QualityIssue[];
  readonly tools: { readonly [name: string]: string };
}

/** Takes about 20 s, briefly half of it. Never throws: what could not be measured is missing, and a quality issue says why. */
export async function calibrate(options: CalibrationOptions): Promise<Evidence> {
  const { shell } = options;
  const startedAt = shell.now().toISOString();
  const parts: Part[] = [
    { measurements: [await timeWork(shell)], qualityIssues: [], tools: { Node: process.version } },
  ];
  const target = await startReferenceTarget(shell);
  try {
    if (typeof target === 'string') {
      parts.push(failedWith(`the page to calibrate with could not be served: ${target}`));
    } else {
      const { browser } = options;
      const twice = { ...options, url: target.url, effort: efforts[options.brief === true ? 'brief' : 'whole'] };
      if (browser !== null) parts.push(await attempt('the clicks', () => clickTwice(browser, twice)));
      if (options.loads) parts.push(await attempt('the loads', () => loadTwice(twice)));
    }
  } finally {
    if (typeof target !== 'string') await target.running.stop();
  }
  return {
    status: 'collected',
    probe: calibration.probe,
    startedAt,
    finishedAt: shell.now().toISOString(),
    measurements: parts.flatMap(({ measurements }) => measurements),
    facts: {},
    tools: Object.assign({}, ...parts.map(({ tools }) => tools)) as Part['tools'],
    attachments: [],
    qualityIssues: parts.flatMap(({ qualityIssues }) => qualityIssues),
  };
}

async function attempt(what: string, part: () => Promise<Part>): Promise<Part> {
  try {
    return await part();
  } catch (error) {
    const why = messageOf(error);
    return failedWith(`${what} to calibrate with could not be made: ${why}`);
  }
}

function failedWith(message: string): Part {
  return { measurements: [], qualityIssues: [{ code: 'probe-crashed', message }], tools: {} };
}

async function timeWork(shell: Shell): Promise<Measurement> {
  const samples: TimingSample[] = [];
  for (let time = 1 - REFERENCE_WORK_WARM_UPS; time <= REFERENCE_WORK_TIMES; time += 1) {
    const at = shell.now().toISOString();
    const valueMs = timeReferenceWork();
    if (time > 0) samples.push({ valueMs, at, longTasksMs: [], layoutShift: 0, requests: [] });
    await sleep(5);
  }
  const how = 'a fixed piece of arithmetic, again and again, while nothing else is measured';
  const sli = calibration.referenceWork;
  return { kind: 'timings', sli, how, unit: 'ms', uncertaintyMs: 0, samples, losses: [] };
}

interface Twice extends CalibrationOptions {
  /** Of the reference target. */
  readonly url: string;
  readonly effort: Effort;
}

async function clickTwice(
  { path, settings }: NonNullable<CalibrationOptions['browser']>,
  { url, effort, shell, signal, onProgress }: Twice,
): Promise<Part> {
  const runFolder = mkdtempSync(join(tmpdir(), 'rampgate-calibration-'));
  try {
    const [clicked] = await collectBrowser({
      policy: {
        scenarios: [{ name: 'calibration', visits: effort.visits, rounds: ROUNDS, stages: 1 }],
        browser: { ...settings, trace: false, passes: PASSES },
        target: { artifacts: {}, conventions: { summaryQuery: '' }, limiter: null, page: {} },
      },
      target: { web: url, api: url },
      config: join(import.meta.dirname, `calibration.config${extname(import.meta.filename)}`),
      browser: { path },
      runFolder,
      redactor: redactorFor(shell.env),
      shell,
      signal,
      stillOpen: () => new Set(),
      onProgress,
    });
    const { measurements = [], tools = {} } = clicked?.status === 'collected' ? clicked : {};
    return { measurements, tools, qualityIssues: clicked?.qualityIssues ?? [] };
  } finally {
    rmSync(runFolder, { recursive: true, force: true });
  }
}

async function loadTwice(twice: Twice): Promise<Part> {
  const parts: Part[] = [];
  for (const sli of calibration.loads) parts.push(await loadOnce(sli, twice));
  return {
    measurements: parts.flatMap(({ measurements }) => measurements),
    qualityIssues: parts.flatMap(({ qualityIssues }) => qualityIssues),
    tools: {},
  };
}

async function loadOnce(
  sli: string,
  { url, effort: { loadMs, loadWarmUpMs }, signal, onProgress }: Twice,
): Promise<Part> {
  const { loadRecorder, stopped, generator } = await runLoad(
    {
      loop: 'open',
      baseUrl: url,
      mix: [{ name: 'the same', share: 1, requests: [{ path: '/answer' }] }],
      ratePerSecond: RATE_PER_SECOND,
      durationMs: loadMs,
      warmUpMs: loadWarmUpMs,
      timeoutMs: 5000,
      expectBody: 'answer',
      stopAtErrorRatio: 0.5,
    },
    { signal, onProgress: (done, planned) => onProgress(`${done} of ${planned} requests`) },
  );
  if (stopped !== null) return failedWith(`the load to calibrate with was stopped: ${stopped.message}`);
  if (loadRecorder.counts.good === 0) return failedWith('the load to calibrate with brought no good answer');
  const how = `the same load on the same server twice, each ${RATE_PER_SECOND}/s for ${loadMs / 1000} s`;
  const uncertaintyMs = generator.startDelayMs?.p99 ?? 0;
  const latency: Measurement = { kind: 'distribution', sli, how, unit: 'ms', uncertaintyMs, ...loadRecorder.latency() };
  return { measurements: [latency], qualityIssues: [], tools: { autocannon: packageVersion('autocannon') } };
}

interface ReferenceTarget {
  readonly url: string;
  readonly running: RunningProcess;
}

/** A string says why it did not start. */
async function startReferenceTarget(shell: Shell): Promise<ReferenceTarget | string> {
  const script = join(import.meta.dirname, `reference-target${extname(import.meta.filename)}`);
  const said: string[] = [];
  const url = Promise.withResolvers<string | null>();
  const running = shell.start([process.execPath, script], {
    onLine: (line) => {
      said.push(line);
      if (line.startsWith('http://')) url.resolve(line);
    },
  });
  void running.ended.then(({ error }) => {
    if (error !== undefined) said.push(error);
    url.resolve(null);
  });
  const patience = setTimeout(() => {
    said.push(`it gave no address within ${STARTS_WITHIN_MS / 1000} s`);
    void running.stop();
  }, STARTS_WITHIN_MS);
  const address = await url.promise;
  clearTimeout(patience);
  return address === null ? `its process ended: ${said.join(' | ')}` : { url: address, running };
}
