/** The streams of one log, counted together, and what their gaps mean for whoever judges them. Pure. */
import { formatDuration } from '../../lib/format.ts';
import type { Occurrences, QualityIssue, Ratio } from '../../model/evidence.ts';
import type { Json } from '../../model/units.ts';
import { quoted } from '../quoted.ts';
import type { LineCounts, LogWindow } from './count-lines.ts';
import type { LogReading } from './log-reading.ts';
import type { LogRates } from './settings.ts';

export interface ReadLog {
  readonly name: string;
  readonly reading: LogReading;
  readonly window: LogWindow;
  readonly patterns: { readonly [name: string]: string };
  readonly rates: LogRates;
  /** When this run began to make traffic; null where it made none. */
  readonly trafficSinceMs: number | null;
}

export interface LogSummary {
  readonly measurements: readonly (Occurrences | Ratio)[];
  readonly qualityIssues: readonly QualityIssue[];
  readonly facts: { readonly [name: string]: Json };
}

const MOST_QUOTED = 5;
/** Of the window's lines, how many may lack a time before it is unclear which window they belong to. */
const MOST_WITHOUT_TIME = 0.5;

/** What was counted, and why it may not be all. Blind logs bring doubts and no measurements. */
export function summariseReading(log: ReadLog): LogSummary {
  const total = totalOf(log.reading.streams.map(({ counts }) => counts));
  const blind = whyBlind(log, total);
  const qualityIssues: readonly QualityIssue[] =
    blind === null
      ? gapsOf(log, total).map((message) => ({ code: 'counted-in-part', message: `log ${log.name}: ${message}` }))
      : [{ code: 'signal-absent', message: `log ${log.name} is blind: ${blind}` }];
  const facts = factsOf(log, total);
  if (blind !== null) return { measurements: [], qualityIssues, facts };
  const counted = measurementsOf(log, total);
  const rates = ratesOf(log, counted);
  const none = Object.keys(log.rates).filter((name) => rates.every(({ sli }) => sli !== `logs.${name}`));
  return {
    measurements: [...counted, ...rates],
    qualityIssues: [...qualityIssues, ...none.map((name) => withoutLines(log, name))],
    facts,
  };
}

function totalOf(all: readonly LineCounts[]): Omit<LineCounts, 'matches' | 'perMinute'> {
  const sum = (key: 'lines' | 'inWindow' | 'inWindowWithoutTime' | 'withoutTime' | 'beforeFirstTime' | 'cut') =>
    all.reduce((total, counts) => total + counts[key], 0);
  const times = (key: 'earliestMs' | 'latestMs') => all.flatMap((counts) => counts[key] ?? []);
  const earliest = times('earliestMs');
  const latest = times('latestMs');
  return {
    lines: sum('lines'),
    inWindow: sum('inWindow'),
    inWindowWithoutTime: sum('inWindowWithoutTime'),
    withoutTime: sum('withoutTime'),
    beforeFirstTime: sum('beforeFirstTime'),
    cut: sum('cut'),
    earliestMs: earliest.length === 0 ? null : Math.min(...earliest),
    latestMs: latest.length === 0 ? null : Math.max(...latest),
  };
}

type Total = ReturnType<typeof totalOf>;

function whyBlind({ reading, window, trafficSinceMs }: ReadLog, total: Total): string | null {
  const { lines, inWindow, latestMs } = total;
  const told = reading.problems.length === 0 ? '' : ` (${reading.problems.join('; ')})`;
  if (lines === 0) return `not one line could be read from ${namesOf(reading)}${told}`;
  if (latestMs === null) return `none of its ${lines} lines has a time that can be read${told}`;
  const length = formatDuration(window.untilMs - window.fromMs);
  if (inWindow === 0) {
    return `none of its ${lines} lines is from the last ${length}; the latest is ${apart(latestMs, window.untilMs)}${told}`;
  }
  if (trafficSinceMs !== null && latestMs < trafficSinceMs) {
    return `it has no line since this run began; the latest is ${apart(latestMs, window.untilMs)}, so that what the run caused is not in it${told}`;
  }
  return null;
}

function namesOf({ streams }: LogReading): string {
  return streams.length === 0 ? 'its source' : streams.map(({ name }) => name).join(', ');
}

function apart(thenMs: number, nowMs: number): string {
  const at = new Date(thenMs).toISOString();
  if (thenMs > nowMs) return `of ${at}, ${formatDuration(thenMs - nowMs)} ahead: is its zone right?`;
  return `of ${at}, ${formatDuration(nowMs - thenMs)} before`;
}

function gapsOf({ reading, window }: ReadLog, { inWindow, inWindowWithoutTime, cut }: Total): string[] {
  const untimed = reading.streams.filter(({ counts }) => counts.lines > 0 && counts.latestMs === null);
  return [
    ...reading.problems,
    ...untimed.map(({ name, counts }) => `${name}: none of its ${counts.lines} lines has a time that can be read`),
    ...(inWindowWithoutTime > inWindow * MOST_WITHOUT_TIME
      ? [
          `${inWindowWithoutTime} of the ${inWindow} lines of the last ${formatDuration(window.untilMs - window.fromMs)} have no time that can be read; they were taken to belong to the line before them`,
        ]
      : []),
    ...(cut > 0 ? [`${cut} ${cut === 1 ? 'line was' : 'lines were'} too long to be read to the end`] : []),
  ];
}

function measurementsOf({ reading, window, patterns }: ReadLog, total: Total): Occurrences[] {
  const plannedMs = window.untilMs - window.fromMs;
  const coveredMs = Math.min(plannedMs, window.untilMs - (total.earliestMs ?? window.untilMs));
  return Object.entries(patterns).map(([name, pattern]) => {
    const found = reading.streams.flatMap(({ counts }) => counts.matches[name] ?? []);
    return {
      kind: 'occurrences',
      sli: `logs.${name}`,
      how: `lines of the last ${formatDuration(plannedMs)}, by their own time stamps, that match ${pattern}, in ${namesOf(reading)}`,
      unit: 'count',
      count: found.reduce((sum, { count }) => sum + count, 0),
      exposures: total.inWindow,
      exposedTo: 'log lines',
      seen: found
        .flatMap(({ lines }) => lines)
        .slice(0, MOST_QUOTED)
        .map(quoted),
      ...(coveredMs < plannedMs ? { window: { coveredMs: Math.max(0, coveredMs), plannedMs } } : {}),
    };
  });
}

/** Where no line says either, there is no rate; it is not zero. */
function ratesOf({ rates, window }: ReadLog, counted: readonly Occurrences[]): Ratio[] {
  const countOf = (pattern: string): number => counted.find(({ sli }) => sli === `logs.${pattern}`)?.count ?? 0;
  return Object.entries(rates).flatMap(([name, { of, against }]) => {
    const [numerator, others] = [countOf(of), countOf(against)];
    if (numerator + others === 0) return [];
    return {
      kind: 'ratio',
      sli: `logs.${name}`,
      how: `lines of the last ${formatDuration(window.untilMs - window.fromMs)} that match ${of}, among those that match it or ${against}`,
      unit: 'ratio',
      numerator,
      denominator: numerator + others,
      of: { numerator: `lines of ${of}`, denominator: `lines of ${of} or ${against}` },
    };
  });
}

function withoutLines({ name: log, rates }: ReadLog, name: string): QualityIssue {
  const { of = '', against = '' } = rates[name] ?? {};
  const message = `log ${log}: no line matches ${of} or ${against}, so there is no rate of them`;
  return { code: 'signal-absent', message, slis: [`logs.${name}`] };
}

function factsOf({ reading, window, trafficSinceMs }: ReadLog, total: Total): LogSummary['facts'] {
  const instant = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());
  const { earliestMs, latestMs, ...counts } = total;
  return {
    window: { from: instant(window.fromMs), until: instant(window.untilMs), trafficSince: instant(trafficSinceMs) },
    ...counts,
    earliest: instant(earliestMs),
    latest: instant(latestMs),
    streams: reading.streams.map(({ name, counts: { lines, inWindow, withoutTime } }) => ({
      name,
      lines,
      inWindow,
      withoutTime,
    })),
    problems: [...reading.problems],
    perMinute: perMinuteOf(reading),
  };
}

function perMinuteOf({ streams }: LogReading): Json {
  const minutes = new Map<number, { [name: string]: number }>();
  for (const [minute, counts] of streams.flatMap(({ counts: { perMinute } }) => [...perMinute])) {
    const sum = minutes.get(minute) ?? {};
    for (const [name, count] of Object.entries(counts)) sum[name] = (sum[name] ?? 0) + count;
    minutes.set(minute, sum);
  }
  return [...minutes]
    .sort(([a], [b]) => a - b)
    .map(([minute, counts]) => ({ minute: new Date(minute).toISOString(), ...counts }));
}
