/** The commands that the checklist runs: those of the SkillMeat repository, or of the demo. */
import type { RolloutPart } from '../harness/config/rollout.ts';

/** The clone of the SkillMeat repository, relative to where Rampgate runs. */
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
 * A target runs the list that a criterion names, or the one it names instead (`targets.*.commands`). `pre-deploy` is the
 * checklist's, corrected where a command cannot work; its manual looks (at the modal, logs, the profiler) are criteria.
 */
export const commands: RolloutPart<'commands'> = {
  'pre-deploy': {
    title: 'tests, types and lint of the SkillMeat repository',
    each: [
      {
        ...backend,
        title: 'Backend tests, routers covered by 80 %',
        // The checklist has --cov-min-percent, which pytest-cov does not know, and a second path that it would run as a test.
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
