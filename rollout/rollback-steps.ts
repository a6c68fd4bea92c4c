/** The checklist's rollback plan: steps and what proves them, reversibility, and escalation. */
import type { RolloutInput } from '../harness/config/rollout.ts';

type Rollback = RolloutInput['rollback'];

/** Criteria of the risks "cache serves stale diff" and "cache key collision". */
const staleDiffs = ['diff.cached-equals-fresh', 'diff.invalidation', 'diff.key-isolation'];

const contract = [
  'contract.summary-mode',
  'contract.legacy-default',
  'contract.openapi',
  'contract.no-breaking-change',
];

/** Criteria that phase 5 affects: what the page requests, and when. */
const queries = ['modal-reopen.duplicate-requests', 'contract.page-uses-summary'];

/** Criteria that phase 6 affects: lazy rendering. */
const rendering = ['large-diff.list-visible', 'large-diff.guardrails', 'logs.lazy-loaded'];

const slow = [
  'diff.latency-p95',
  'diff.vs-baseline',
  'cold-start.diff-visible',
  'cold-start.vs-baseline',
  'cold-start.first-contentful-paint',
  'viewer.first-contentful-paint',
  'scope-switch.visible',
  'large-diff.list-visible',
  'large-diff.file-visible',
  'diff.cache-hit-rate',
  'bundle.js-growth',
  'modal-reopen.duplicate-requests',
  'logs.timeouts',
];

const behaviour = [
  'diff.error-rate',
  'deployments.error-rate',
  'health.diff-answers',
  'cold-start.console-errors',
  'sentry.js-errors',
  'sentry.new-issues',
  'large-diff.guardrails',
  'scope-switch.stats-correct',
  'logs.lazy-loaded',
  'metrics.diff-error-rate',
  'metrics.cache-answers',
];

/** The environment variables that kubectl and gh read. */
const cluster = ['KUBECONFIG'];
const login = ['GH_TOKEN', 'GITHUB_TOKEN', 'GH_HOST', 'SSH_AUTH_SOCK'];

const workload = 'deployment/{deployment} -n {namespace}';
const answering = ['health.diff-answers', 'diff.error-rate', 'deployments.error-rate'];

/** `gh workflow run` returns at once: the deploy is done when the page reports the release. */
function deployOf(
  ref: string,
): Pick<Rollback['steps'][number], 'command' | 'env' | 'checks' | 'settles' | 'timeout' | 'takes'> {
  return {
    command: `gh workflow run deploy-frontend.yml -f ref=${ref} -f environment={environment}`,
    env: login,
    timeout: '1min',
    settles: { at: '{web}', within: '10min', shows: ref },
    takes: '5min',
    checks: [
      { title: 'the workflow exists, and this login may see it', command: 'gh workflow view deploy-frontend.yml' },
      { title: `${ref} exists`, command: `git ls-remote --exit-code origin ${ref}` },
    ],
  };
}

export const checklistRollback = {
  values: {
    deployment: 'skillmeat-api',
    namespace: 'production',
    environment: 'production',
    previous: 'v0.3.0-rc1',
    // Tags of the frontend without the changes of one phase. They do not exist yet; until then the whole frontend goes back.
    withoutPhase5: null,
    withoutPhase6: null,
  },
  proveWith: 'after-rollback',
  steps: [
    {
      title: 'Verify that frontend and backend are versions that go together',
      layer: 'backend',
      role: 'look',
      when: contract,
      command: `kubectl get ${workload} -o jsonpath='{.spec.template.spec.containers[*].image}'`,
      env: cluster,
      timeout: '30s',
      takes: '1min',
      effect: 'None: it shows the image that runs. The release that the page says is {release}.',
      verify: 'The image is of the same release as the page, and the feature flags of phase 5 are set for it.',
      checks: [{ title: 'the deployment can be read', command: `kubectl get ${workload}` }],
    },
    {
      title: 'Switch the diff cache off',
      layer: 'backend',
      role: 'remedy',
      when: staleDiffs,
      command: `kubectl set env ${workload} CACHE_DIFF_ENABLED=false && kubectl rollout status ${workload} --timeout=4m`,
      env: cluster,
      effect: 'The API restarts, and every diff is computed anew: none is stale, and they are slower.',
      settles: {
        at: '{api}/artifacts/{small}/upstream-diff?mode=summary',
        within: '1min',
        header: { name: 'X-Cache', is: 'MISS' },
      },
      verify: 'A repeated diff answers X-Cache: MISS, and no diff is stale.',
      proves: ['health.diff-answers', 'diff.error-rate', 'diff.key-isolation'],
      reversible: {
        note: 'Yes: a config flag, no code rollback needed.',
        undo: `kubectl set env ${workload} CACHE_DIFF_ENABLED-`,
      },
      takes: '2min',
      checks: [
        {
          title: 'this login may change the deployment',
          command: 'kubectl auth can-i patch deployment/{deployment} -n {namespace}',
        },
        {
          title: 'the deployment has the flag',
          command: `kubectl set env ${workload} --list | grep -q '^CACHE_DIFF_ENABLED='`,
        },
        {
          title: 'the server would take it',
          command: `kubectl set env ${workload} CACHE_DIFF_ENABLED=false --dry-run=server`,
        },
      ],
    },
    {
      title: 'Roll the API back to the previous version',
      layer: 'backend',
      command: `kubectl rollout undo ${workload} && kubectl rollout status ${workload} --timeout=4m`,
      env: cluster,
      effect: 'The API runs the revision before this one; old clients and the new page both work with it.',
      settles: { at: '{origin}/health', within: '30s', shows: 'healthy' },
      verify: 'The health address answers healthy, and the error rate is under 0.5 % within 30 s.',
      proves: answering,
      reversible: {
        note: 'Yes: additive changes, no migration. The same command goes forward again.',
        undo: `kubectl rollout undo ${workload}`,
      },
      takes: '3min',
      checks: [
        {
          title: 'this login may change the deployment',
          command: 'kubectl auth can-i patch deployment/{deployment} -n {namespace}',
        },
        { title: 'there is a revision to go back to', command: `kubectl rollout undo ${workload} --dry-run=server` },
      ],
    },
    {
      title: 'Look for eager loading in the sync tab',
      layer: 'frontend',
      role: 'look',
      when: ['cold-start.diff-visible', 'cold-start.vs-baseline', ...queries],
      takes: '2min',
      verify:
        'The requests of the slowest visit, in the report, ask for the summary first, and for a file when it is opened.',
    },
    {
      ...deployOf('{withoutPhase5}'),
      title: 'Revert the query changes of phase 5 only',
      layer: 'frontend',
      role: 'remedy',
      when: queries,
      effect: 'The page asks for everything at once again, as before phase 5; the rest of the release stays.',
      verify: 'The page says the release {withoutPhase5}, and the sync tab shows its diffs.',
      reversible: { note: 'Yes: deploy this release again. Only phase 5 changes are taken back.' },
    },
    {
      ...deployOf('{withoutPhase6}'),
      title: 'Revert the lazy rendering of phase 6 only',
      layer: 'frontend',
      role: 'remedy',
      when: rendering,
      effect: 'The page parses diffs eagerly again, as before phase 6; the rest of the release stays.',
      verify: 'The page says the release {withoutPhase6}, and a large diff shows its list.',
      reversible: { note: 'Yes: deploy this release again. Only phase 6 changes are taken back.' },
    },
    {
      ...deployOf('{previous}'),
      title: 'Redeploy the previous frontend build',
      layer: 'frontend',
      effect: 'The CDN serves {previous}; its caches clear in under a minute. The backend can stay as it is.',
      verify:
        'The page says the release {previous}, and DevTools → Application → Cache Storage is clear of the new one.',
      cacheStorage: '{web}',
      proves: ['cold-start.console-errors'],
      reversible: { note: 'Yes: deploy this release again.' },
    },
  ],
  escalate: [
    {
      when: slow,
      to: 'Backend',
      how: 'Performance: grep the logs for upstream time-outs, and look at the cache hit rate.',
    },
    {
      when: behaviour,
      to: 'Backend and Frontend',
      how: 'Behaviour: look for contract violations in the backend’s error log, and for parse errors in the console.',
    },
    {
      when: ['checklist.pre-deploy'],
      to: 'QA',
      how: 'Tests: the output of each command is in the evidence; a regression of the sync is theirs to judge.',
    },
    {
      when: contract,
      to: 'Ops',
      how: 'Contract drift: frontend and backend must be deployed together, with both modes active.',
    },
    {
      when: staleDiffs,
      to: 'Backend',
      how: 'Data consistency: run skillmeat sync --verify locally; where collection and project differ, rebuild the cache with POST /cache/refresh.',
    },
  ],
} satisfies Rollback;

/** The same for the demo: `demo operate` replaces kubectl and gh. */
export const demoRollback: Rollback = {
  proveWith: 'after-rollback',
  steps: [
    {
      ...operating('set CACHE_DIFF_ENABLED=false'),
      title: 'Switch the diff cache of the demo off',
      layer: 'backend',
      role: 'remedy',
      when: staleDiffs,
      effect: 'The API restarts, and every diff is computed anew.',
      settles: {
        at: '{api}/artifacts/{small}/upstream-diff?mode=summary',
        header: { name: 'X-Cache', is: 'MISS' },
      },
      verify: 'A repeated diff answers X-Cache: MISS, and no diff is stale.',
      proves: ['health.diff-answers', 'diff.error-rate', 'diff.key-isolation'],
      reversible: {
        note: 'Yes: a config flag, no code rollback needed.',
        undo: 'node bin/rampgate.mjs demo operate set CACHE_DIFF_ENABLED=true --api {api}',
      },
    },
    {
      ...operating('undo backend'),
      title: 'Roll the API of the demo back',
      layer: 'backend',
      effect: 'The API restarts without the faults that were planted in it.',
      settles: { at: '{origin}/health', shows: 'healthy' },
      verify: 'The health address answers healthy, and the error rate is under 0.5 % within 30 s.',
      proves: answering,
      reversible: {
        note: 'Yes: the same command goes forward again.',
        undo: 'node bin/rampgate.mjs demo operate undo backend --api {api}',
      },
    },
    {
      ...operating('undo frontend'),
      title: 'Roll the page of the demo back',
      layer: 'frontend',
      effect: 'The page is served without the faults that were planted in it.',
      settles: { at: '{web}/config.json', shows: 'apiUrl' },
      verify: 'The page opens, and DevTools → Console has no errors.',
      cacheStorage: '{web}',
      proves: ['cold-start.console-errors'],
      reversible: {
        note: 'Yes: the same command goes forward again.',
        undo: 'node bin/rampgate.mjs demo operate undo frontend --api {api}',
      },
    },
  ],
  escalate: checklistRollback.escalate,
};

function operating(what: string): Pick<Rollback['steps'][number], 'command' | 'checks' | 'timeout' | 'takes'> {
  const command = `node bin/rampgate.mjs demo operate ${what} --api {api}`;
  return {
    command,
    timeout: '1min',
    takes: '1min',
    checks: [{ title: 'the demo would do it', command: `${command} --dry-run` }],
  };
}
