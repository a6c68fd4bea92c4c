/** What is read from the application's Sentry, and what is reported to Rampgate's own. */
import type { RolloutPart } from '../harness/config/rollout.ts';

/** What the page reports is recorded in visits of these scenarios. */
export const sentry: RolloutPart<'sentry'> = {
  scenarios: ['cold-start', 'scope-switch', 'large-diff', 'modal-reopen'],
  readBackWithin: '30s',
};

/**
 * The nightly run reports to Sentry what failed, and that it ran at all; other runs report nothing. The variable holds the DSN
 * of a project for Rampgate alone, since the application's errors are judged. Where it is not set, the run says so and goes on.
 */
export const reporting: RolloutPart<'reporting'> = {
  sentry: {
    dsn: { env: 'RAMPGATE_SENTRY_DSN' },
    profiles: ['nightly'],
    monitor: {
      profile: 'nightly',
      slug: 'rampgate-nightly',
      schedule: '0 3 * * *',
      timezone: 'UTC',
      checkinMargin: '30min',
      maxRuntime: '60min',
    },
  },
};
