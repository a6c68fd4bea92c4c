/**
 * Runs the scenarios with Playwright's own runner: `npx playwright test`, with `--ui` or `--headed` as you like.
 * The gate runs them the same way and hands in its plan; by hand, the plan comes from rampgate.config.ts.
 */
import { chromium, defineConfig } from 'playwright/test';
import { planByHand } from './harness/commands/plan-by-hand.ts';
import type { ScenarioPlan } from './harness/policy.ts';
import { browserFlags, findBrowser } from './setup/browser.mjs';

const handedIn = process.env['RAMPGATE_PLAN'];
const byHand = handedIn === undefined ? await planByHand(process.env) : null;
const plan: ScenarioPlan = handedIn === undefined ? (byHand?.plan as ScenarioPlan) : JSON.parse(handedIn);
const executablePath = findBrowser({ playwrightPath: chromium.executablePath() })?.path;

export default defineConfig<{ plan: ScenarioPlan }>({
  testDir: 'scenarios',
  testMatch: '*.scenario.ts',
  // Timings are taken one at a time, once, and with nothing that records.
  workers: 1,
  retries: 0,
  fullyParallel: false,
  timeout: 15 * 60_000,
  reporter: handedIn === undefined ? [['list'], ['html', { open: 'never' }]] : [['line'], ['html', { open: 'never' }]],
  // One project after another: a pass over all scenarios, then the next.
  projects: Array.from({ length: plan.pass.of }, (_, index) => ({
    name: `pass ${index + 1}`,
    use: { plan: { ...plan, pass: { number: index + 1, of: plan.pass.of } } },
  })),
  use: {
    trace: 'off',
    video: 'off',
    screenshot: 'off',
    launchOptions: {
      args: [...browserFlags(), ...plan.browserArgs],
      ...(executablePath === undefined ? {} : { executablePath }),
    },
  },
  ...(byHand?.webServer === undefined ? {} : { webServer: byHand.webServer }),
});
