/**
 * The rollout this repository ships with: the sync-status performance refactor of SkillMeat.
 * This is the file to edit. Quantities carry their unit; every limit says why it is what it is.
 */

import { faults } from './demo/faults.ts';
import { defineRollout } from './harness/config/rollout.ts';
import { keptPromises } from './rollout/api-checks/api-compatibility.ts';
import { cacheChecks } from './rollout/api-checks/cache.ts';
import { contractChecks } from './rollout/api-checks/contract.ts';
import { healthChecks } from './rollout/api-checks/health.ts';
import { invalidationChecks } from './rollout/api-checks/invalidation.ts';
import { checklists, commands } from './rollout/commands.ts';
import { criteria, successCriteria } from './rollout/criteria.ts';
import { drillOf } from './rollout/drill.ts';
import { load } from './rollout/load.ts';
import { logs } from './rollout/logs.ts';
import { metrics } from './rollout/metrics.ts';
import { checklistRollback, demoRollback } from './rollout/rollback-steps.ts';
import { reporting, sentry } from './rollout/sentry.ts';
import { skillmeatTarget } from './rollout/skillmeat-target.ts';
import { smokeProfile } from './rollout/smoke-profile.ts';
import { watch } from './rollout/watch.ts';

export default defineRollout({
  name: 'sync-status-performance-refactor',

  successCriteria,
  criteria,

  defaultTarget: 'demo',
  targets: {
    demo: {
      start: ['node', 'demo/main.ts', '--port', '0', '--api-port', '0', '--with-sentry', '--exit-with-parent'],
      artifacts: {
        small: { id: 'skill:pocket-notes', name: 'pocket-notes' },
        manyDeployments: { id: 'skill:team-playbook', name: 'team-playbook' },
        large: { id: 'skill:mega-migration', name: 'mega-migration' },
      },
      collections: ['default', 'staging'],
      mayChange: { artifact: 'small', project: 'sandbox' },
      rollback: demoRollback,
      commands: { 'pre-deploy': 'demo', build: 'demo-build' },
      // What proves that the probes see; `withoutControls: { browser: 'reason' }` leaves out what must not be planted.
      slowRoute: { path: '/slow-answer', takes: '300ms' },
      uncached: { headers: { 'Cache-Control': 'no-cache, no-store' } },
    },
    skillmeat: skillmeatTarget,
  },

  profiles: {
    'pre-ramp': {},
    nightly: {
      // Compares with the last good nights, and joins them when it is go.
      baseline: 'nightly',
      scenarios: {
        'cold-start': { visits: 60 },
        'scope-switch': { visits: 9, rounds: 7 },
        'large-diff': { visits: 60 },
        'modal-reopen': { visits: 30 },
      },
      load: { diff: { for: '120s' }, deployments: { for: '60s' } },
      lighthouse: { viewer: { runs: 5 } },
    },
    // What `rollback --execute` measures after a step: only what its "proves" names.
    'after-rollback': {
      scenarios: { 'cold-start': { visits: 20 } },
      load: { diff: { for: '25s', atMost: '50s' }, deployments: { for: '25s', atMost: '50s' } },
    },
    smoke: smokeProfile,
    // A single sample of `rampgate watch`, light enough to be taken for two hours.
    watch: {
      scenarios: {
        'cold-start': { visits: 3 },
        'scope-switch': { visits: 1, rounds: 3 },
        'large-diff': { visits: 3 },
        'modal-reopen': { visits: 1 },
      },
      browser: { passes: 1, trace: false },
      load: { diff: { rate: 20, for: '4s' }, deployments: { rate: 20, for: '4s' } },
    },
  },

  // How often each journey is told; what that does not decide is told again, as often, until `atMost`. Looking three times
  // within the error budget, a p75 needs 20 samples to be bounded at all; 30 bear one outlier, 60 six, 90 eleven.
  scenarios: {
    'cold-start': { visits: 30, atMost: 90 },
    'scope-switch': { visits: 3, rounds: 7, atMost: 9 },
    'large-diff': { visits: 30, atMost: 90 },
    'modal-reopen': { visits: 10 },
  },

  load,

  commands,
  checklists,

  // Each run takes 15 s, most of it Lighthouse's own quiet windows.
  lighthouse: {
    viewer: { path: '/manage?artifact={manyDeployments}&tab=sync', expectText: 'deletions', runs: 3 },
  },

  // What the page loads when it is opened; `npx rampgate bundle --save` makes it the baseline. A target may have its own, such
  // as `bundle: { build: 'dist' }`.
  bundle: {
    pages: [{ path: '/manage?artifact={manyDeployments}&tab=sync', expectText: 'deletions' }],
    baseline: 'rollout/baselines/{target}-bundle.json',
  },

  // Functions that ask the API and write down what is true of its answers; api-checks/ has them.
  checks: {
    health: healthChecks,
    contract: contractChecks,
    promises: keptPromises,
    cache: cacheChecks,
    invalidation: { run: invalidationChecks, changesTarget: true },
  },

  logs,
  metrics,
  sentry,
  reporting,

  // One gate in a hundred may say go although a limit is violated, and one may say no-go although all are kept.
  errorBudget: { falseGo: 0.01, falseNoGo: 0.01 },

  safety: { maxRate: 200, maxRequests: 20_000, stopAtErrorRatio: 0.5 },

  watch,

  // How much a comparison measures in a block: a visit to the scopes has rounds enough.
  compare: { scenarios: { 'cold-start': { visits: 8 }, 'scope-switch': { visits: 1, rounds: 5 } } },

  drill: drillOf(faults),
  rollback: checklistRollback,
});
