/**
 * The target `skillmeat`: the real application of the checklist, as it runs from its own repository. Here is all in which it
 * differs from the checklist. Criteria that it gives no answer to are left out by name, with the reason; every report lists
 * them as not checked.
 */
import type { RolloutInput } from '../harness/config/rollout.ts';
import type { PageWords } from '../scenarios/page-words.ts';

type Target = RolloutInput['targets'][string];
type RollbackStep = RolloutInput['rollback']['steps'][number];

const neverCached =
  'SkillMeat caches no answer of /diff, and no answer says where it came from. It caches what it fetched from upstream for 300 s; of that only its log tells, see logs.cache-hit-rate';

/** Its log in `docker compose`; `--timestamps` puts a time with its zone before each line. */
const composeLog =
  'docker compose --project-directory ../skillmeat logs --no-color --no-log-prefix --timestamps --since {since}'.split(
    ' ',
  );

/** Where the markup of its pages differs from what the scenarios look for. */
const page: Partial<PageWords> = {
  // Its diff viewer gives panes and lines no roles: they are found by their text.
  sideHeading: '[role="dialog"]',
  filePane: '[role="dialog"]',
  removedLine: '',
  addedLine: '',
  // A row is a button that contains another button, which unfolds it.
  fileRow: '[role="dialog"] [role="button"]:has([role="button"])',
};

/** Both layers run in containers built from one clone. */
const bringUp: Omit<RollbackStep, 'title' | 'layer' | 'verify'> = {
  command: 'git -C {clone} checkout {previous} && docker compose --project-directory {clone} up --detach --build',
  timeout: '20min',
  takes: '5min',
  env: ['DOCKER_HOST'],
  reversible: {
    note: 'Yes: check the branch out again that was there, and bring it up.',
    undo: 'git -C {clone} checkout -',
  },
  checks: [
    { title: 'the clone knows {previous}', command: 'git -C {clone} rev-parse --verify --quiet {previous}' },
    { title: 'nothing in it would be lost', command: 'git -C {clone} diff --quiet HEAD' },
    { title: 'its containers can be run', command: 'docker compose --project-directory {clone} ps' },
  ],
};

export const skillmeatTarget: Target = {
  // Its CORS settings allow http://localhost:3000, not http://127.0.0.1:3000.
  web: 'http://localhost:3000',
  api: 'http://127.0.0.1:8080/api/v1',
  // Replace these by your own: any artifact; one deployed to five projects or more; one with more than 50 changed files, one of
  // them changed by more than 50 KB. All must come from GitHub, for the scopes with the source.
  artifacts: {
    small: { id: 'skill:pocket-notes', name: 'pocket-notes' },
    manyDeployments: { id: 'skill:team-playbook', name: 'team-playbook' },
    large: { id: 'skill:mega-migration', name: 'mega-migration' },
  },

  // The checklist's `mode=summary` never existed: unknown parameters are ignored, and the whole diff is answered with 200.
  summaryQuery: 'summary_only=true',
  summaryCountsLines: false,
  // Its `/deployments` is a page; this is the API's list.
  deploymentList: '/deploy?project_path={project}',
  openapi: '/openapi.json',
  health: '/health',
  cacheHeader: null,
  collections: ['default'],
  page,

  // The 20th identical request (method, path, query) within 10 s closes the API to its client for 10 s. Pages request the same
  // list on every visit, twice in React's strict mode, so that nine visits in ten seconds are safe.
  limiter: { distinctBy: '_rampgate', visitEvery: '1200ms' },

  // On stdout: JSON lines with times without a zone, among plain lines. Outside Docker, use
  // ['kubectl', 'logs', 'deployment/skillmeat-api', '--timestamps', '--since-time={since}'] or
  // ['journalctl', '-u', 'skillmeat-api', '-o', 'short-iso', '--since=@{sinceEpoch}'].
  logs: { api: { command: composeLog } },

  // Its histogram has buckets at 100 and 250 ms, so that metrics.diff-latency is decided only where nearly all answers are under
  // 100 ms, or too many over 250. Requests that the rate limiter refused are not counted.
  without: {
    'diff.cache-hit-rate': neverCached,
    'diff.cached-equals-fresh': neverCached,
    'diff.invalidation': neverCached,
    'diff.key-isolation': neverCached,
    'metrics.cache-answers':
      'SkillMeat declares skillmeat_cache_hits_total and skillmeat_cache_misses_total and never counts them',
    'scope-switch.stats-correct':
      'SkillMeat counts lines only in rows that are unfolded, and marks its totals and lines by nothing that tells them from other text',
    'logs.cache-invalidated':
      'SkillMeat logs no such line: its upstream cache says "Upstream cache: evicted … entries", at level DEBUG',
    'logs.lazy-loaded': 'SkillMeat has no frontend log and no such marker, only User Timing entries "skillmeat.sync.*"',
    'sentry.js-errors': 'SkillMeat has no Sentry in it; cold-start.console-errors counts what the console shows',
    'sentry.new-issues': 'SkillMeat has no Sentry in it; cold-start.console-errors counts what the console shows',
  },

  // It has neither kubectl, nor the deploy workflow, nor CACHE_DIFF_ENABLED, which it would ignore silently.
  rollback: {
    values: { previous: 'v0.3.0-rc1', clone: '../skillmeat' },
    proveWith: 'after-rollback',
    steps: [
      {
        ...bringUp,
        title: 'Bring the API of the previous release up',
        layer: 'backend',
        effect:
          'The clone is at {previous}, and the containers are built from it. This also empties its upstream cache.',
        settles: { at: '{origin}/health', within: '1min', shows: 'healthy' },
        verify: 'curl -s {origin}/health answers healthy, and the error rate is under 0.5 % within 30 s.',
        proves: ['health.diff-answers', 'diff.error-rate', 'deployments.error-rate'],
      },
      {
        ...bringUp,
        title: 'Bring the frontend of the previous release up',
        layer: 'frontend',
        effect: 'The clone is at {previous}, and the containers are built from it.',
        settles: { at: '{web}/manage', within: '2min' },
        verify: '{web}/manage shows the artifacts, and the sync tab opens, after a reload.',
        proves: ['cold-start.console-errors'],
      },
    ],
  },
};
