/** The commands of the checklist's pre-deploy list, and what the demo runs in their stead. */
import type { RolloutPart } from '../harness/config/rollout.ts';

/** `in` says where the clone of the SkillMeat repository is, relative to where Rampgate is run. */
const skillmeat = '../skillmeat';

const backend = {
  in: skillmeat,
  advice: 'clone SkillMeat there and install it with its test tools: pip install -e ".[dev]" pytest-cov mypy',
};

const frontend = {
  in: `${skillmeat}/skillmeat/web`,
  advice: 'clone SkillMeat, then in its skillmeat/web: corepack enable pnpm && pnpm install',
};

const demo = { timeout: '2min', advice: 'npm install, with the development dependencies' };

/**
 * A target runs the list of that name, or the one it names instead. `pre-deploy` is the checklist's, put right where what it
 * says cannot work; what it asks of persons (a look at the modal, at logs, at the profiler) other criteria measure.
 */
export const commands: RolloutPart<'commands'> = {
  'pre-deploy': {
    title: 'tests, types and lint of the SkillMeat repository',
    each: [
      {
        ...backend,
        title: 'Backend tests, routers covered by 80 %',
        // The checklist has --cov-min-percent, which pytest-cov does not know, and a second path that would be a test.
        run: 'pytest tests/ -v --cov=skillmeat.api.routers.deployments --cov=skillmeat.api.routers.artifacts --cov-fail-under=80',
        timeout: '20min',
      },
      {
        ...backend,
        title: 'Backend types',
        run: 'mypy skillmeat/core/deployment.py skillmeat/storage/deployment.py --ignore-missing-imports',
      },
      {
        ...backend,
        title: 'API contract tests of diffs',
        // The checklist looks in tests/api, but the contract of /diff is tested beside the API. It also asks for
        // tests/api/test_cache_invalidation.py, which does not exist in that repository and so is not here.
        run: 'pytest skillmeat/api/tests/ -k diff -v',
      },
      {
        ...backend,
        title: 'OpenAPI document has the summary parameter',
        // The checklist looks for ?mode=summary, which never existed; this is what the API has.
        run: ['grep', '-q', 'summary_only', 'skillmeat/api/openapi.json'],
      },
      { ...backend, title: 'Integration tests', run: 'pytest tests/integration/', timeout: '20min' },
      { ...frontend, title: 'Frontend types', run: 'pnpm type-check' },
      {
        ...frontend,
        title: 'Frontend tests, covered by 80 %',
        // The checklist's --coverage only prints; with a threshold it can fail. Its pattern misses the tests of the modal as a
        // whole, sync-modal-integration.
        run: `pnpm test -- --testPathPattern="sync-status|sync-modal|diff-viewer|artifact-operations" --coverage --coverageThreshold='{"global":{"lines":80}}'`,
      },
      { ...frontend, title: 'Frontend lint', run: 'pnpm lint' },
      {
        ...frontend,
        title: 'End-to-end tests of the sync modal',
        // The checklist's sync-modal.spec.ts does not exist; this is the specification that opens the modal, with a mocked API.
        run: 'pnpm test:e2e -- sync-workflow.spec.ts',
        timeout: '20min',
      },
    ],
  },
  demo: {
    title: "the demo's own tests and types, not SkillMeat's",
    parallel: 2,
    each: [
      {
        ...demo,
        title: 'Demo backend: API and diff tests',
        run: ['vitest', 'run', '--project', 'integration', 'demo/server/api.', 'demo/server/diffs.'],
      },
      {
        ...demo,
        title: 'Demo backend: cache and rate limit tests',
        run: ['vitest', 'run', '--project', 'unit', 'demo/server'],
      },
      { ...demo, title: 'Demo frontend: types', run: ['tsc', '-p', 'demo/web'] },
      {
        ...demo,
        title: 'Demo frontend: diff viewer tests',
        run: ['vitest', 'run', '--project', 'unit', 'demo/web'],
      },
    ],
  },
  build: {
    title: 'the build of the SkillMeat frontend',
    each: [{ ...frontend, title: 'Frontend build', run: 'pnpm build' }],
  },
  'demo-build': {
    title: "the build of the demo's page, not SkillMeat's",
    each: [
      {
        ...demo,
        title: 'Demo frontend: build',
        run: [
          'vite',
          'build',
          'demo/web',
          '--outDir',
          '../../node_modules/.cache/rampgate/checklist-build',
          '--emptyOutDir',
        ],
      },
    ],
  },
  'planted-failure': {
    title: 'a command that fails, planted by the drill',
    each: [{ title: 'Planted: a test that fails', run: ['node', '-e', 'process.exit(1)'] }],
  },
  'planted-gap': {
    title: 'a tool that is not there, planted by the drill',
    each: [{ title: 'Planted: a tool that is not there', run: ['rampgate-planted-tool'] }],
  },
};

/** One of the gate's own criteria, on the target of the walk. */
const measured = (...criteria: readonly string[]): [string, ...string[]] => [
  'gate',
  '--profile',
  'smoke',
  '--only',
  ...criteria,
];

/** The checklist, line by line: what a machine can tell is run or measured, and the rest is asked of whoever deploys. */
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
        // The checklist runs tests/api/test_cache_invalidation.py, which the repository does not have: so it is measured, where
        // the target may be changed.
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
        ask: 'Look at what the build said, in the evidence of this walk. No warnings?',
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
