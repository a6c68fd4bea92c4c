/** The test projects, by what tests need: nothing, files and servers, a browser, or a quiet machine. Run by checks/run.ts. */
import { defineConfig } from 'vitest/config';

const slow = ['**/*.integration.test.ts', '**/*.browser.test.ts', '**/*.serial.test.ts', '**/*.nightly.test.ts'];
const architecture = 'checks/architecture.test.ts';
const never = ['**/node_modules/**', '**/dist/**', 'reports/**', '.mutants/**'];

export default defineConfig({
  test: {
    // The code that decides verdicts is fully covered; `npm test -- unit` checks it.
    coverage: {
      provider: 'v8',
      include: ['harness/judgement/**/*.ts', 'harness/lib/percentile.ts'],
      exclude: ['**/*.test.ts', 'harness/judgement/evidence.fixture.ts'],
      reporter: [['text', { skipFull: true }]],
      reportsDirectory: 'node_modules/.cache/coverage',
      thresholds: { statements: 100, branches: 100, functions: 100, lines: 100 },
    },
    projects: [
      { test: { name: 'architecture', include: [architecture] } },
      {
        test: {
          name: 'unit',
          include: ['**/*.test.ts'],
          exclude: [...never, ...slow, architecture],
          // These tests only compute, and a busy machine takes longer. None changes what another could see, so that files
          // share what they load: loading it again for each file took half of the time.
          isolate: false,
          testTimeout: 60_000,
        },
      },
      {
        // These tests start servers and processes and mostly wait for them. None asserts how fast anything is; the time limits
        // only end a test that hangs, so that a busy machine must keep them too.
        test: {
          name: 'integration',
          include: ['**/*.integration.test.ts'],
          exclude: never,
          maxWorkers: 3,
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
      {
        // These tests look at pages and time nothing: two at once do not disturb each other.
        test: {
          name: 'browser',
          include: ['**/*.browser.test.ts'],
          exclude: never,
          maxWorkers: 2,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        // These tests time something or need a quiet machine: one file at a time.
        test: {
          name: 'serial',
          include: ['**/*.serial.test.ts'],
          exclude: never,
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        // These tests take minutes each: they run at night.
        test: {
          name: 'nightly',
          include: ['**/*.nightly.test.ts'],
          exclude: never,
          fileParallelism: false,
          testTimeout: 30 * 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
