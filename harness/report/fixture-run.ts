/** The run, what it left out and its ways back, for the report's fixtures. */
import type { NotExercised, RollbackPlan, RunIdentity } from '../model.ts';

export const fixtureRun: RunIdentity = {
  id: '20261123T141500Z-pre-ramp-7f3a',
  rollout: 'Sync status performance refactor',
  profile: 'pre-ramp',
  startedAt: '2026-11-23T14:15:00.000Z',
  finishedAt: '2026-11-23T14:19:08.000Z',
  tool: { version: '0.1.0', commit: 'efab524' },
  target: { name: 'staging', web: 'http://127.0.0.1:4173', api: 'http://127.0.0.1:4174', release: '0.4.0-rc2' },
  environment: {
    machineClass: '2 cores, 24 GiB, x64, Xeon 2.8 GHz',
    os: 'Debian 12',
    node: '24.21.0',
    browser: 'Chromium 156.0.8078.79',
  },
  configHash: 'sha256:4be1a01f6c2d9e77',
};

export const fixtureLeftOut: readonly NotExercised[] = [
  {
    id: 'diff.vs-baseline',
    title: 'p95 of /diff against the baseline',
    reason: 'No accepted baseline on this machine class.',
    checklist: ['S4'],
  },
  {
    id: 'viewer.first-contentful-paint',
    title: 'First contentful paint of the sync tab',
    reason: 'Not part of profile pre-ramp.',
    checklist: [],
  },
  {
    id: 'sentry.js-errors',
    title: 'JavaScript errors of the release',
    reason: 'No Sentry project is configured for staging.',
    checklist: [],
  },
];

export const noRollback: RollbackPlan = {
  scope: 'none',
  armed: false,
  armedBecause: 'Nobody has run the steps against this release yet.',
  because: [],
  steps: [],
};

export const rollbackBoth: RollbackPlan = {
  ...noRollback,
  scope: 'both',
  because: ['diff.latency-p95', 'scope-switch.visible', 'scope-switch.stats-correct'],
  steps: [
    {
      title: 'Roll back the API service',
      layer: 'backend',
      command: 'kubectl rollout undo deployment/skillmeat-api -n production',
      verify: 'The error rate is below 0.5 % within 30 seconds.',
    },
    {
      title: 'Redeploy the previous frontend build',
      layer: 'frontend',
      command: 'gh workflow run deploy-frontend.yml -f ref=v0.3.0-rc1 -f environment=production',
      verify: 'Cache Storage in the browser shows the previous build within a minute.',
    },
    { title: 'Tell the on-call channel what was rolled back', layer: 'frontend', verify: 'Somebody has answered.' },
  ],
};
