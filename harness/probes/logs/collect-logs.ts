/** The logs probe: how often patterns occur in one log's last minutes → evidence. */
import type { Doubt, Evidence } from '../../model.ts';
import type { LogPolicy } from '../../policy.ts';
import type { Shell } from '../../shell.ts';
import { quoted } from '../quoted.ts';
import { lineCounter } from './count-lines.ts';
import { linePattern } from './line-pattern.ts';
import { type LogReading, wordsOf } from './log-reading.ts';
import { readCommand } from './read-command.ts';
import { readFiles } from './read-files.ts';
import { readLoki } from './read-loki.ts';
import { summariseReading } from './summarise-reading.ts';

export interface LogsProbeOptions {
  /** When this run began to make traffic, which the log must know of; null where it made none. */
  readonly trafficSinceMs: number | null;
  readonly shell: Shell;
  readonly signal: AbortSignal;
}

/** Sources that are asked for a part are asked for so many windows: whether one goes back to its start is known then. */
const WINDOWS_ASKED_FOR = 2;

/** Reads one log once. Never throws: what goes wrong is in the evidence, and a blind log brings no count. */
export async function collectLogs(log: LogPolicy, options: LogsProbeOptions): Promise<Evidence> {
  const { shell, signal, trafficSinceMs } = options;
  const probe = `logs-${log.name}`;
  const startedAt = shell.now();
  const window = { fromMs: startedAt.getTime() - log.windowMs, untilMs: startedAt.getTime() };
  const about = () => ({ probe, startedAt: startedAt.toISOString(), finishedAt: shell.now().toISOString() });
  try {
    const reading = await read(log, options, window.untilMs);
    const { name, patterns, rates } = log;
    const summary = summariseReading({ name, reading, window, patterns, rates, trafficSinceMs });
    const interrupted: readonly Doubt[] = signal.aborted
      ? [{ code: 'interrupted', message: `log ${log.name}: the run was interrupted while it was read` }]
      : [];
    const doubts = [...interrupted, ...summary.doubts];
    return {
      ...about(),
      status: 'collected',
      ...summary,
      doubts,
      tools: { re2js: '2.10.0', Node: process.version },
      attachments: [],
    };
  } catch (error) {
    const message = `log ${log.name} could not be read: ${quoted(wordsOf(error))}`;
    return { ...about(), status: 'unavailable', doubts: [{ code: 'probe-crashed', message }] };
  }
}

function read(log: LogPolicy, { shell, signal }: LogsProbeOptions, untilMs: number): Promise<LogReading> {
  const { source, windowMs, zoneMinutes } = log;
  const window = { fromMs: untilMs - windowMs, untilMs };
  const counter = () => {
    const patterns = Object.entries(log.patterns).map(([name, pattern]) => linePattern(name, pattern));
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
