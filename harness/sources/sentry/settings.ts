/** What the configuration says of Sentry, and what a run asks of it. */
import { z } from 'zod';
import { duration, name } from '../../lib/fields.ts';
import { unknownName } from '../../lib/known-name.ts';
import { durationMs } from '../../lib/quantities.ts';

const sentry = z.strictObject({
  /** Scenarios whose visits are listened to. */
  scenarios: z.array(name).min(1),
  /** A planted event must be readable within this time. */
  readBackWithin: duration.default('30s'),
});

export const sentryKeys = {
  rollout: {
    /** Criteria `from: 'sentry:page'` and `'sentry:issues'` rest on it. */
    sentry: sentry.optional(),
  },
  target: {},
  profile: {},
};

export const sentryNames = ['page', 'issues'] as const;

export interface SentryRollout {
  readonly sentry?: z.output<typeof sentry> | undefined;
  readonly scenarios: Readonly<Record<string, unknown>>;
}

/** What Sentry is asked for. */
export interface SentryPolicy {
  /** What the page itself sends, and what Sentry says about the release. */
  readonly asks: readonly ('page' | 'issues')[];
  /** Scenarios whose visits are listened to. */
  readonly scenarios: readonly string[];
  /** A planted event that is not read back within this time was not kept. */
  readonly readBackWithinMs: number;
}

/** Null where nothing asks Sentry. */
export function sentryPolicy(
  { sentry: configured }: Pick<SentryRollout, 'sentry'>,
  from: ReadonlySet<string>,
): SentryPolicy | null {
  const asks = sentryNames.filter((one) => from.has(`sentry:${one}`));
  if (configured === undefined || asks.length === 0) return null;
  return { asks, scenarios: configured.scenarios, readBackWithinMs: durationMs(configured.readBackWithin) };
}

/** Scenarios that there are not. */
export function sentryContradictions({ sentry: configured, scenarios }: SentryRollout): string[] {
  return (configured?.scenarios ?? []).flatMap((one) => unknownName('sentry.scenarios', one, Object.keys(scenarios)));
}
