/** Who is told what came of a run: the part `reporting` of the configuration, and what one run makes of it. */

import { z } from 'zod';
import { durationMs, parseDurationMs } from '../lib/quantities.ts';
import { environmentVariable } from '../model/environment-variable.ts';
import type { ReportingPolicy } from '../model/notify-policy.ts';

const duration = z
  .string()
  .refine((text) => parseDurationMs(text) !== null, 'must be a duration with a unit such as "5s" or "2h"');
const minutes = z
  .string()
  .refine(
    (text) => Number.isInteger((parseDurationMs(text) ?? 0) / 60_000) && (parseDurationMs(text) ?? 0) > 0,
    'must be whole minutes, such as "10min" or "2h"',
  );

const monitor = z.strictObject({
  /** The profile whose runs it waits for. */
  profile: z.string(),
  slug: z.string().regex(/^[a-z0-9][a-z0-9_-]{0,49}$/, 'must be lower-case letters, digits, dashes, at most 50'),
  /** When a run is due: minute, hour, day of the month, month, day of the week. */
  schedule: z.string().regex(/^\S+(?: \S+){4}$/, 'must be a crontab schedule of five fields, such as "0 3 * * *"'),
  timezone: z.string().refine(isTimezone, 'must be a time zone such as "UTC" or "Europe/Berlin"').default('UTC'),
  /** So much later a run may begin. */
  checkinMargin: minutes.default('10min'),
  /** So long it may take. */
  maxRuntime: minutes.default('60min'),
});

export const reportingSchema = z.strictObject({
  sentry: z.strictObject({
    /** Of a Sentry project for Rampgate alone; never the DSN itself. */
    dsn: z.strictObject({ env: environmentVariable }),
    /** What Sentry calls the target; its name when left out. */
    environment: z
      .string()
      .regex(/^[^\s/]{1,64}$/, 'must be at most 64 characters without spaces and slashes')
      .optional(),
    /** The profiles whose runs are reported. */
    profiles: z.array(z.string()).min(1),
    /** Sentry waits for the runs of one profile, and says so when there is none. */
    monitor: monitor.optional(),
    timeout: duration.default('5s'),
  }),
});

type Reporting = z.output<typeof reportingSchema>;

function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions();
    return true;
  } catch {
    return false;
  }
}

/** What it takes to send a message. */
export function deliveryPolicy({ sentry }: Reporting): Pick<ReportingPolicy, 'dsnVariable' | 'timeoutMs'> {
  return { dsnVariable: sentry.dsn.env, timeoutMs: durationMs(sentry.timeout) };
}

/** What one run tells, and whom. Null: nobody. */
export function reportingPolicy(
  reporting: Reporting | undefined,
  run: { readonly profile: string; readonly target: string; readonly isPart: boolean },
): ReportingPolicy | null {
  if (reporting === undefined || !reporting.sentry.profiles.includes(run.profile)) return null;
  const { environment, monitor: waiting } = reporting.sentry;
  // A part of the nightly run is not the nightly run, and must not look like it.
  const isAwaited = waiting !== undefined && waiting.profile === run.profile && !run.isPart;
  return {
    ...deliveryPolicy(reporting),
    environment: environment ?? run.target,
    monitor: isAwaited
      ? {
          slug: waiting.slug,
          crontab: waiting.schedule,
          timezone: waiting.timezone,
          checkinMarginMinutes: durationMs(waiting.checkinMargin) / 60_000,
          maxRuntimeMinutes: durationMs(waiting.maxRuntime) / 60_000,
        }
      : null,
  };
}

/** Names that there must be, as `path` and `name`. */
export function profilesReported(reporting: Reporting | undefined): readonly (readonly [path: string, name: string])[] {
  if (reporting === undefined) return [];
  const { profiles, monitor: waiting } = reporting.sentry;
  return [
    ...profiles.map((name) => ['reporting.sentry.profiles', name] as const),
    ...(waiting === undefined ? [] : [['reporting.sentry.monitor.profile', waiting.profile] as const]),
  ];
}

/** A monitor that waits for runs that tell nobody waits in vain. */
export function unreportedMonitor(reporting: Reporting | undefined): string[] {
  if (reporting?.sentry.monitor === undefined) return [];
  const { profiles, monitor: waiting } = reporting.sentry;
  return profiles.includes(waiting.profile)
    ? []
    : [`reporting.sentry.monitor.profile: "${waiting.profile}" is not among reporting.sentry.profiles`];
}
