/** The tests that must notice when judgement is changed: its own. Run by `npm run test:mutants`. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['harness/judgement/**/*.test.ts', 'harness/lib/percentile.test.ts'],
    setupFiles: ['checks/mutants.setup.ts'],
    // Code that counts which of its mutants are reached is many times slower.
    testTimeout: 60_000,
  },
});
