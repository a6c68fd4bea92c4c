/** What the configuration says of logs, and what a run asks of them. */
import { z } from 'zod';
import { defined } from '../../lib/defined.ts';
import { address, duration, name, pattern } from '../../lib/fields.ts';
import { knownName, unknownName } from '../../lib/known-name.ts';
import { mistakes } from '../../lib/mistakes.ts';
import { durationMs } from '../../lib/quantities.ts';
import type { Json } from '../../model/units.ts';

const logSource = z.union(
  [
    z.strictObject({ files: z.array(z.string().min(1)).min(1) }),
    z.strictObject({ command: z.array(z.string()).min(1), timeout: duration.default('60s') }),
    z.strictObject({
      loki: z.strictObject({
        url: address,
        query: z.string().min(1),
        tenant: z.string().optional(),
        tokenFrom: z.string().optional(),
      }),
    }),
  ],
  'must be { files: [PATH…] }, { command: [PROGRAM, ARGUMENT…] } or { loki: { url, query } }',
);

/** A request that is logged, with a marker to look for. */
const logControl = z.strictObject({
  url: z.string().regex(/^(\{web\}|\{api\}|https?:\/\/)/, 'must begin with {web}, {api}, http:// or https://'),
  method: z.enum(['GET', 'POST']).default('GET'),
  json: z.json().optional(),
  within: duration.default('10s'),
});

/** A log in which lines are counted, by their own time stamps, over its last minutes. */
const log = z.strictObject({
  source: logSource,
  window: duration.default('10min'),
  /** Of time stamps that name no zone: "Z", "+02:00", or "local" for this machine's. */
  zone: z
    .string()
    .regex(/^(Z|local|[+-]\d\d:\d\d)$/, 'must be "Z", "local" or an offset such as "+02:00"')
    .default('Z'),
  /** In RE2's syntax (`(?i)` ignores case), by the name that the indicator has behind `logs.`. */
  patterns: z.record(name, pattern),
  /** Of the lines that match either of two patterns, how many match the first; by the name it has behind `logs.`. */
  rates: z.record(name, z.strictObject({ of: name, against: name })).default({}),
  /** Proves that this log is the one that is written: `{ url: '{api}/health?marker={marker}' }` must show in it. */
  control: logControl.optional(),
});

export const logsKeys = {
  rollout: { logs: z.record(name, log).default({}) },
  target: {
    /** Where this target's logs are, by their name under the rollout's `logs`, if elsewhere. */
    logs: z.record(name, logSource).default({}),
    /** How a marker gets into this target's logs, if in another way. */
    logControls: z.record(name, logControl).default({}),
  },
  profile: {},
};

export interface LogsTarget {
  readonly logs: Readonly<Record<string, z.output<typeof logSource>>>;
  readonly logControls: Readonly<Record<string, z.output<typeof logControl>>>;
}

export interface LogsRollout {
  readonly logs: Readonly<Record<string, z.output<typeof log>>>;
  readonly targets: Readonly<Record<string, LogsTarget>>;
}

/** A log in which lines are counted that match patterns. */
export interface LogPolicy {
  readonly name: string;
  readonly source: LogSource;
  /** Somebody said so for this run: it counts more than what a started target says of its logs. */
  readonly isGiven: boolean;
  /** So far back from the moment of reading. */
  readonly windowMs: number;
  /** Of times that name no zone, in minutes east of UTC; null for the zone of this machine. */
  readonly zoneMinutes: number | null;
  /** In RE2's syntax, by the name that the indicator has behind `logs.`. */
  readonly patterns: { readonly [name: string]: string };
  readonly rates: LogRates;
  /** How to get a line of our own into it; null: nobody says how. */
  readonly control: LogControl | null;
}

/** By the name behind `logs.`: lines that match `of`, among those that match it or `against`; both are patterns. */
export interface LogRates {
  readonly [name: string]: { readonly of: string; readonly against: string };
}

export type LogSource = FilesSource | CommandSource | LokiSource;

/** Paths and globs; what does not begin at the root begins where the gate was started. */
export interface FilesSource {
  readonly kind: 'files';
  readonly paths: readonly string[];
}

export interface CommandSource {
  readonly kind: 'command';
  /** `{since}` stands for an instant (`2026-11-24T15:00:00Z`), `{sinceEpoch}` for the same in seconds. */
  readonly command: readonly string[];
  readonly timeoutMs: number;
}

export interface LokiSource {
  readonly kind: 'loki';
  readonly url: string;
  /** In LogQL, of lines: `{app="skillmeat-api"}`. */
  readonly query: string;
  /** Where Loki has several (`X-Scope-OrgID`). */
  readonly tenant?: string;
  /** The environment variable that holds a bearer token. */
  readonly tokenFrom?: string;
}

/** A request that the application logs. */
export interface LogControl {
  /** A whole address; `{web}` and `{api}` stand for the target's, `{marker}` for a word that nobody else writes. */
  readonly url: string;
  readonly method: 'GET' | 'POST';
  /** Sent as JSON; `{marker}` counts in it as well. */
  readonly json?: Json;
  /** A marker that is not read back within this time is not in this log. */
  readonly withinMs: number;
}

/** Where a log is: what the command line says, else the target, else the rollout. */
export function logsToRead(
  rollout: Pick<LogsRollout, 'logs'>,
  target: LogsTarget,
  { logs: asked = [] }: { readonly logs?: readonly string[] | undefined },
): LogPolicy[] {
  const given = new Map(asked.map((text) => logFileOf(text, Object.keys(rollout.logs))));
  return Object.entries(rollout.logs).map(([key, { source, window, zone, patterns, rates, control }]) => ({
    name: key,
    source: given.get(key) ?? logSourceOf(target.logs[key] ?? source),
    isGiven: given.has(key),
    windowMs: durationMs(window),
    zoneMinutes: zone === 'local' ? null : zoneMinutes(zone),
    patterns,
    rates,
    control: logControlOf(target.logControls[key] ?? control),
  }));
}

function logFileOf(text: string, names: readonly string[]): readonly [string, LogSource] {
  const [, name = '', path = ''] = /^([^=]*)=(.+)$/s.exec(text) ?? [];
  if (path === '') throw mistakes.badLogFile(text);
  return [knownName('log', name, names), { kind: 'files', paths: [path] }];
}

function logSourceOf(source: z.output<typeof logSource>): LogSource {
  if ('files' in source) return { kind: 'files', paths: source.files };
  if ('command' in source) return { kind: 'command', command: source.command, timeoutMs: durationMs(source.timeout) };
  const { url, query, tenant, tokenFrom } = source.loki;
  return {
    kind: 'loki',
    url,
    query,
    ...defined({ tenant, tokenFrom }),
  };
}

/** `Z` or `+02:00` → minutes east of UTC. */
function zoneMinutes(zone: string): number {
  if (zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4));
  return zone.startsWith('-') ? -minutes : minutes;
}

function logControlOf(control: z.output<typeof logControl> | undefined): LogControl | null {
  if (control === undefined) return null;
  const { url, method, json, within } = control;
  return { url, method, withinMs: durationMs(within), ...defined({ json }) };
}

/** Logs that there are not, patterns of one name in two logs, and rates of patterns that there are not. */
export function logsContradictions(rollout: LogsRollout): string[] {
  return [
    ...Object.entries(rollout.targets).flatMap(([target, { logs, logControls }]) =>
      Object.entries({ logs, logControls }).flatMap(([key, named]) =>
        Object.keys(named).flatMap((one) => unknownName(`targets.${target}.${key}`, one, Object.keys(rollout.logs))),
      ),
    ),
    ...patternsInTwoLogs(rollout),
    ...ratesWithoutPatterns(rollout),
  ];
}

/** An indicator is measured once: which of two counts is meant is not for judgement to choose. */
function patternsInTwoLogs({ logs }: Pick<LogsRollout, 'logs'>): string[] {
  const all = Object.entries(logs).flatMap(([log, { patterns }]) =>
    Object.keys(patterns).map((name) => ({ log, name })),
  );
  return all.flatMap(({ log, name }, index) => {
    const earlier = all.findIndex((one) => one.name === name);
    return earlier < index
      ? [`logs.${log}.patterns.${name}: logs.${all[earlier]?.log} has a pattern of this name already`]
      : [];
  });
}

function ratesWithoutPatterns({ logs }: Pick<LogsRollout, 'logs'>): string[] {
  return Object.entries(logs).flatMap(([log, { patterns, rates }]) =>
    Object.entries(rates).flatMap(([name, { of, against }]) => [
      ...(patterns[name] === undefined ? [] : [`logs.${log}.rates.${name}: is the name of a pattern already`]),
      ...[of, against]
        .filter((one) => patterns[one] === undefined)
        .map((one) => `logs.${log}.rates.${name}: there is no pattern "${one}" in this log`),
    ]),
  );
}
