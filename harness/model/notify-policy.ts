/** Who is notified of the result of a run. */
import type { Verdict } from './outcome.ts';

/** Reporting of a run's findings to Sentry. */
export interface ReportingPolicy {
  /** The environment variable that holds the DSN of the Sentry project for Rampgate's own events. */
  readonly dsnVariable: string;
  /** What Sentry calls the target. */
  readonly environment: string;
  /** A message without an answer by then goes to the outbox. */
  readonly timeoutMs: number;
  /** Null: no monitor waits for this run. */
  readonly monitor: MonitorPolicy | null;
}

/** Notifications: in chat, in Sentry, or to a webhook. */
export interface NotifyPolicy {
  readonly channels: readonly ChannelPolicy[];
  /** The verdicts of a gate that are notified; empty where this run notifies of none. */
  readonly verdicts: readonly Verdict[];
  /** Where reports can be read; `{run}` stands for the run's id. Null: nobody says. */
  readonly link:
    | { readonly kind: 'address'; readonly address: string }
    | { readonly kind: 'variable'; readonly variable: string }
    | null;
  /** What Sentry calls the target. */
  readonly environment: string;
  readonly timeoutMs: number;
}

export interface ChannelPolicy {
  readonly name: string;
  readonly kind: 'slack' | 'teams' | 'json' | 'sentry';
  /** The environment variable that holds the webhook's address, or the DSN. */
  readonly variable: string;
}

/** A cron monitor in Sentry; it is set up by the first check-in. */
export interface MonitorPolicy {
  readonly slug: string;
  readonly crontab: string;
  readonly timezone: string;
  readonly checkinMarginMinutes: number;
  readonly maxRuntimeMinutes: number;
}
