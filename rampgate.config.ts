/**
 * The rollout this repository ships with: the sync-status performance refactor of SkillMeat.
 * This is the file to edit; the parts that it imports are in rollout/. Quantities are strings with a unit.
 */

import { faults } from './demo/faults.ts';
import { defineRollout } from './harness/config/rollout.ts';
import { apiCompatibility } from './rollout/api-checks/api-compatibility.ts';
import { cacheChecks } from './rollout/api-checks/cache.ts';
import { contractChecks } from './rollout/api-checks/contract.ts';
import { healthChecks } from './rollout/api-checks/health.ts';
import { invalidationChecks } from './rollout/api-checks/invalidation.ts';
import { checklists } from './rollout/checklists.ts';
import { commands } from './rollout/commands.ts';
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
      // Positive controls of the probes; `withoutControls: { browser: 'reason' }` leaves out those that must not be planted.
      slowRoute: { path: '/slow-answer', takes: '300ms' },
      uncached: { headers: { 'Cache-Control': 'no-cache, no-store' } },
    },
    skillmeat: skillmeatTarget,
  },

  profiles: {
    'pre-ramp': {},
    nightly: {
      // Compares with the last good nightly runs, and joins them when it is go.
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
    // One sample of `rampgate watch`, light enough to be repeated for two hours.
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

  // Visits of each journey; while a criterion is undecided, as many again until `atMost`. With three looks within the error
  // budget, a p75 needs 20 samples to be bounded at all; 30 allow one outlier, 60 six, 90 eleven.
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

  // The JavaScript that the page loads; `npx rampgate bundle --save` makes it the baseline. A target may set its own, such as
  // `bundle: { build: 'dist' }`.
  bundle: {
    pages: [{ path: '/manage?artifact={manyDeployments}&tab=sync', expectText: 'deletions' }],
    baseline: 'rollout/baselines/{target}-bundle.json',
  },

  // Functions that ask the API and check its answers; rollout/api-checks/ has them.
  checks: {
    health: healthChecks,
    contract: contractChecks,
    promises: apiCompatibility,
    cache: cacheChecks,
    invalidation: { run: invalidationChecks, changesTarget: true },
  },

  logs,
  metrics,
  sentry,
  reporting,

  // One gate in a hundred may say go although a limit is violated, and one may say no-go although all limits hold.
  errorBudget: { falseGo: 0.01, falseNoGo: 0.01 },

  safety: { maxRate: 200, maxRequests: 20_000, stopAtErrorRatio: 0.5 },

  watch,

  // How much a comparison measures in one block; a visit to the scopes has enough rounds.
  compare: { scenarios: { 'cold-start': { visits: 8 }, 'scope-switch': { visits: 1, rounds: 5 } } },

  drill: drillOf(faults),
  rollback: checklistRollback,
});
