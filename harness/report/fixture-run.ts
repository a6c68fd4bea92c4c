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
  clock: { timeZone: 'Europe/Berlin', target: [{ of: 'api', aheadMs: [1900, 2950] }] },
};

/** The accepted run that went before. */
export const fixturePast = {
  id: '20261116T141500Z-pre-ramp-02c9',
  startedAt: '2026-11-16T14:15:00.000Z',
  release: '0.3.9',
} as const;

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
  scope: 'both',
  armed: false,
  armedBecause: '"Redeploy the previous frontend build" cannot be carried out: this login may not see the workflow.',
  because: ['diff.latency-p95', 'scope-switch.visible', 'scope-switch.stats-correct'],
  steps: [
    {
      title: 'Roll back the API service',
      layer: 'backend',
      role: 'undo',
      command: 'kubectl rollout undo deployment/skillmeat-api -n production',
      effect: 'The API runs the revision before this one; old clients and the new page both work with it.',
      verify: 'The error rate is below 0.5 % within 30 seconds.',
      proves: ['diff.error-rate', 'deployments.error-rate'],
      because: ['diff.latency-p95'],
      reversible: {
        note: 'Yes: additive changes, no migration. The same command goes forward again.',
        undo: 'kubectl rollout undo deployment/skillmeat-api -n production',
      },
      takesMs: 180_000,
      armed: true,
      armedBecause: 'this login may change the deployment, and there is a revision to go back to',
    },
    {
      title: 'Redeploy the previous frontend build',
      layer: 'frontend',
      role: 'undo',
      command: 'gh workflow run deploy-frontend.yml -f ref=v0.3.0-rc1 -f environment=production',
      effect: 'The CDN serves v0.3.0-rc1; its caches clear in under a minute. The backend can stay as it is.',
      verify: 'Cache Storage in the browser shows the previous build within a minute.',
      proves: ['cold-start.console-errors'],
      because: ['scope-switch.visible', 'scope-switch.stats-correct'],
      reversible: { note: 'Yes: deploy this release again.' },
      takesMs: 300_000,
      armed: false,
      armedBecause: 'this login may not see the workflow',
    },
    { title: 'Tell the on-call channel what was rolled back', layer: 'frontend', verify: 'Somebody has answered.' },
  ],
  notes: ['No step is for scope-switch.stats-correct alone, so the whole frontend is taken back.'],
  takesMs: 480_000,
  escalation: [
    {
      to: 'Backend',
      how: 'Performance: grep the logs for upstream time-outs, and look at the cache hit rate.',
      because: ['diff.latency-p95', 'scope-switch.visible'],
    },
    { to: 'Release manager', how: 'Call +49 30 5550 100, whatever the hour.', because: [] },
  ],
};
