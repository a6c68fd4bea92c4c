/** A quick look after a deploy, on the system that people use: is anything broken? Takes a minute and a light load. */
import type { RolloutPart } from '../harness/config/rollout.ts';

export const smokeProfile: RolloutPart<'profiles'>[string] = {
  bounds: {
    maxRequests: 2500,
    within: '56s',
    goMeans:
      'Nothing that a minute can see is broken. Go on with rampgate watch; whether it is as good as before, pre-ramp says.',
  },
  changesNothing: true,
  // A false go in one of twenty: 11 samples bound a p75, and 598 requests without an error a rate of 0.5 %; one in a hundred takes
  // nearly twice as many.
  errorBudget: { falseGo: 0.05, falseNoGo: 0.01 },
  scenarios: {
    'cold-start': { visits: 11 },
    'scope-switch': { visits: 1, rounds: 11 },
    'large-diff': { visits: 1, rounds: 11 },
    'modal-reopen': { visits: 1, rounds: 3 },
  },
  // A warm-up of each journey would take seven seconds of the minute; without it, samples can only be slower.
  browser: { passes: 1, trace: false, warmUp: 'browser' },
  load: { diff: { for: '12.2s', warmUp: '1s' }, deployments: { for: '12.2s', warmUp: '1s' } },
  loadsAtOnce: true,
  minSamples: {
    'cold-start.diff-visible': 11,
    'cold-start.console-errors': 11,
    'scope-switch.visible': 11,
    'scope-switch.stats-correct': 6,
    'large-diff.file-visible': 11,
    'modal-reopen.duplicate-requests': 3,
    'diff.latency-p95': 600,
    'diff.error-rate': 600,
    'deployments.error-rate': 600,
    'diff.cache-hit-rate': 300,
    'metrics.diff-error-rate': 600,
    'metrics.diff-latency': 600,
    'sentry.js-errors': 10,
    'sentry.new-issues': 10,
  },
  without: {
    'checklist.pre-deploy': 'the deploy is over; its commands are asked before it',
    'viewer.first-contentful-paint':
      'Lighthouse takes 15 s a visit; cold-start.diff-visible, which cannot come earlier, stands in',
    'large-diff.list-visible': 'each sample is a visit of a second and a half, and eleven are needed',
    'cold-start.vs-baseline': 'a regression within the limit takes more samples than a minute has',
    'diff.vs-baseline': 'a regression within the limit takes more samples than a minute has',
    'logs.cache-invalidated': 'smoke changes nothing, so what invalidates is other people’s; rampgate watch counts it',
  },
};
