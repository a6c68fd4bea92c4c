/** The tests by what they need: nothing, files and processes and servers, or a browser. Run by checks/run.ts. */
import { defineConfig } from 'vitest/config';

const slow = ['**/*.integration.test.ts', '**/*.browser.test.ts', '**/*.serial.test.ts', '**/*.nightly.test.ts'];
const architecture = 'checks/architecture.test.ts';
const never = ['**/node_modules/**', '**/dist/**', 'reports/**', '.mutants/**'];

export default defineConfig({
  test: {
    // What a verdict rests on is covered whole; `npm test -- unit` looks.
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
          // They only compute: on a busy machine that takes longer, which is no failure. And none changes what another
          // could see, so that files share what they load: loading it anew for each took half of the time.
          isolate: false,
          testTimeout: 60_000,
        },
      },
      {
        // They start servers and wait for them more than they compute, and none asserts how fast anything is.
        test: {
          name: 'integration',
          include: ['**/*.integration.test.ts'],
          exclude: never,
          maxWorkers: 3,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        // They look at pages and time nothing: two at once do not disturb each other.
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
        // They time, or need a quiet machine: one file at a time.
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
        // What takes minutes each: not for every change, but for every night.
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
