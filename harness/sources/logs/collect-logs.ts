/** The logs probe: how often patterns occur in one log's last minutes → evidence. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { packageVersion } from '../../lib/package-version.ts';
import type { Shell } from '../../lib/shell.ts';
import type { Attachment, Control, Evidence, QualityIssue } from '../../model/evidence.ts';
import type { TargetIdentity } from '../../model/run.ts';
import { notTried, qualityIssuesOf } from '../positive-control.ts';
import { quoted } from '../quoted.ts';
import { type LogWindow, lineCounter } from './count-lines.ts';
import { linePattern } from './line-pattern.ts';
import { logExcerpt } from './log-excerpt.ts';
import { type LogReading, wordsOf } from './log-reading.ts';
import { aboutMarker, type Marker, markerFound, markerMissing, plantMarker } from './plant-marker.ts';
import { readCommand } from './read-command.ts';
import { readFiles } from './read-files.ts';
import { readLoki } from './read-loki.ts';
import type { LogPolicy } from './settings.ts';
import { summariseReading } from './summarise-reading.ts';

export interface LogsProbeOptions {
  /** When this run began to make traffic, which the log must know of; null where it made none. */
  readonly trafficSinceMs: number | null;
  readonly target: Pick<TargetIdentity, 'web' | 'api'>;
  /** Why no line may be planted; absent where one may. */
  readonly withoutControl?: string;
  /** Where the lines that were counted are kept to be read; absent: nowhere. */
  readonly runFolder?: string;
  readonly shell: Shell;
  readonly signal: AbortSignal;
}

/** Sources that are asked for a part are asked for so many windows: whether one goes back to its start is known then. */
const WINDOWS_ASKED_FOR = 2;

/** Reads one log once, or until it shows what was planted in it. Never throws: what goes wrong is in the evidence, and a blind log brings no count. */
export async function collectLogs(log: LogPolicy, options: LogsProbeOptions): Promise<Evidence> {
  const { shell, signal, trafficSinceMs } = options;
  const probe = `logs-${log.name}`;
  const startedAt = shell.now().toISOString();
  const about = () => ({ probe, startedAt, finishedAt: shell.now().toISOString() });
  try {
    const { reading, window, control } = await readProved(log, options);
    const { name, patterns, rates } = log;
    const summary = summariseReading({ name, reading, window, patterns, rates, trafficSinceMs });
    const interrupted: readonly QualityIssue[] = signal.aborted
      ? [{ code: 'interrupted', message: `log ${log.name}: the run was interrupted while it was read` }]
      : [];
    return {
      ...about(),
      status: 'collected',
      ...summary,
      qualityIssues: [...interrupted, ...summary.qualityIssues, ...qualityIssuesOf([control])],
      controls: [control],
      tools: { re2js: packageVersion('re2js'), Node: process.version },
      attachments: summary.measurements.length === 0 ? [] : keepLines({ name, reading, patterns }, options.runFolder),
    };
  } catch (error) {
    const message = `log ${log.name} could not be read: ${quoted(wordsOf(error))}`;
    return { ...about(), status: 'unavailable', qualityIssues: [{ code: 'probe-crashed', message }] };
  }
}

/** The file of its lines, if there are any. */
function keepLines(log: Parameters<typeof logExcerpt>[0], runFolder: string | undefined): Attachment[] {
  const text = logExcerpt(log);
  if (runFolder === undefined || text === null) return [];
  const path = `evidence/logs-${log.name}-lines.txt`;
  mkdirSync(join(runFolder, 'evidence'), { recursive: true });
  writeFileSync(join(runFolder, path), text);
  return [{ name: `lines of the log ${log.name} that were counted`, path, mediaType: 'text/plain' }];
}

interface ProvedReading {
  readonly reading: LogReading;
  readonly window: LogWindow;
  readonly control: Control;
}

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2000;

/** What is judged is the very reading that shows the marker, or the last one that did not. */
async function readProved(log: LogPolicy, options: LogsProbeOptions): Promise<ProvedReading> {
  const { shell, signal } = options;
  const marker = await markerFor(log, options);
  const plantedAt = performance.now();
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    const untilMs = shell.now().getTime();
    const window = { fromMs: untilMs - log.windowMs, untilMs };
    const word = 'word' in marker ? marker.word : null;
    const reading = await read(log, options, { untilMs, word });
    if ('outcome' in marker) return { reading, window, control: marker };
    const waitedMs = performance.now() - plantedAt;
    const control = markerFound({ log, reading, waitedMs });
    if (control !== null) return { reading, window, control };
    if (signal.aborted || waitedMs + pauseMs > marker.withinMs) {
      return { reading, window, control: markerMissing(marker, reading) };
    }
    await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
  }
}

/** The marker to look for, or why there is none. */
async function markerFor(log: LogPolicy, options: LogsProbeOptions): Promise<Marker | Control> {
  const { withoutControl } = options;
  if (withoutControl !== undefined) return notTried(aboutMarker, withoutControl);
  if (log.control !== null) return plantMarker(log.control, options);
  return notTried(aboutMarker, `logs.${log.name}.control names no request that would show in it`);
}

function read(
  log: LogPolicy,
  { shell, signal }: LogsProbeOptions,
  { untilMs, word }: { readonly untilMs: number; readonly word: string | null },
): Promise<LogReading> {
  const { source, windowMs, zoneMinutes } = log;
  const window = { fromMs: untilMs - windowMs, untilMs };
  const counter = () => {
    const patterns = Object.entries(log.patterns).map(([name, pattern]) => linePattern(name, pattern));
    if (word !== null) patterns.push(linePattern(aboutMarker.name, word));
    return lineCounter({ window, patterns, zoneMinutes });
  };
  const sinceMs = untilMs - WINDOWS_ASKED_FOR * windowMs;
  switch (source.kind) {
    case 'files':
      return readFiles(source.paths, { counter, signal, cwd: shell.cwd });
    case 'command':
      return readCommand(source, { counter, signal, shell, sinceMs });
    case 'loki':
      return readLoki(source, { counter, signal, shell, sinceMs, untilMs });
  }
}
