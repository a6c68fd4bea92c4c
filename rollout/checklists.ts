/** The checklists before and during a deploy: `npx rampgate checklist pre-deploy`. */
import type { RolloutPart } from '../harness/config/rollout.ts';

/** A gate of these criteria on the target of the checklist run. */
const measured = (...criteria: readonly string[]): [string, ...string[]] => [
  'gate',
  '--profile',
  'smoke',
  '--only',
  ...criteria,
];

/** The checklist, line by line: it is run or measured where possible, the rest is asked of the person who deploys. */
export const checklists: RolloutPart<'checklists'> = {
  'pre-deploy': {
    title: 'Before the deploy',
    items: [
      { id: 'tests', title: 'Backend and frontend: tests, types, lint', commands: 'pre-deploy' },
      {
        id: 'openapi',
        title: 'Backend: the OpenAPI document has the summary parameter',
        rampgate: measured('contract.openapi'),
      },
      {
        id: 'invalidation',
        title: 'Backend: cache invalidation',
        // The checklist runs tests/api/test_cache_invalidation.py, which does not exist in the repository; it is measured
        // instead, where the target may be changed.
        rampgate: ['gate', '--only', 'diff.invalidation', 'diff.cached-equals-fresh'],
      },
      {
        id: 'manual-regression',
        title: 'Frontend: manual regression',
        ask: 'Open the sync modal on a small and on a large project. No console errors?',
      },
      {
        id: 'instrumentation',
        title: 'Cross-layer: backend perf instrumentation',
        ask: 'Look at the structured logs of the API. Are the perf lines there, and readable?',
      },
      {
        id: 'lazy-load-markers',
        title: 'Cross-layer: lazy-load markers',
        ask: 'Open a diff under the React DevTools Profiler. Do the lazy-load markers fire?',
      },
      {
        id: 'contracts',
        title: 'Cross-layer: no breaking changes of the API',
        rampgate: measured('contract.legacy-default', 'contract.summary-mode'),
      },
      { id: 'rollback-preflight', title: 'The rollback is verified', rampgate: ['rollback', '--check'] },
    ],
  },
  deploy: {
    title: 'Deploy: backend first, then frontend',
    items: [
      { id: 'backend.pre-flight', title: 'Backend 1: pre-flight', walked: 'pre-deploy' },
      {
        id: 'backend.deploy',
        title: 'Backend 2: deploy the API',
        ask: 'Deploy the API: a rolling update with health checks, old and new in traffic for 30 s each. Is it through?',
      },
      {
        id: 'backend.health',
        title: 'Backend 3: 3 to 5 of 5 diffs answer 2xx',
        rampgate: measured('health.diff-answers'),
      },
      {
        id: 'backend.monitor',
        title: 'Backend 4: error rates of /diff and /deployments for 2 min',
        rampgate: ['watch', '--stage', 'errors', '--only', 'diff.error-rate', 'deployments.error-rate'],
      },
      {
        id: 'backend.fallback',
        title: 'Backend 5: fallback ready',
        ask: 'Can you set CACHE_DIFF_ENABLED=false right now, with what is open before you?',
      },
      { id: 'frontend.pre-flight', title: 'Frontend 1: pre-flight', walked: 'pre-deploy' },
      { id: 'frontend.build', title: 'Frontend 2: build', commands: 'build' },
      {
        id: 'frontend.warnings',
        title: 'Frontend 2: no warnings',
        ask: 'Look at what the build said, in the evidence of this checklist run. No warnings?',
      },
      {
        id: 'frontend.canary',
        title: 'Frontend 3: deploy to the CDN, canary',
        ask: 'Deploy the assets to the CDN, with 10 % of the traffic. Is it out?',
      },
      {
        id: 'frontend.bundle',
        title: 'Frontend 4: JavaScript grew by less than 5 %',
        rampgate: measured('bundle.js-growth'),
      },
      {
        id: 'frontend.monitor',
        title: 'Frontend 5: errors of the canary in Sentry, for its 5 min',
        rampgate: ['watch', '--stage', 'canary', '--only', 'sentry.js-errors', 'sentry.new-issues'],
      },
      { id: 'frontend.ramp', title: 'Frontend 6: ramp', ask: 'Increase to 100 % of the traffic. Done?' },
      {
        id: 'watchpoints',
        title: 'Watchpoints: begin the two hours',
        ask: 'Start "npx rampgate watch" for this target in a second terminal: six metrics, three log patterns, two hours. Does it watch?',
      },
      {
        id: 'manual-verification',
        title: 'Manual verification: the four scenarios, measured',
        rampgate: ['gate', '--profile', 'smoke'],
      },
      {
        id: 'lock-in',
        title: 'Success criteria after two hours',
        ask: 'Did the watch end in success, all eight criteria met? If it failed: npx rampgate rollback, then npx rampgate incident.',
      },
    ],
  },
};
