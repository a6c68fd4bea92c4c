/** How Playwright's runner is set up to measure, whichever scenarios it tells. */

import { chromium, defineConfig, type PlaywrightTestConfig } from 'playwright/test';
import { browserFlags, findBrowser } from '../../setup/browser.mjs';
import { defined } from '../lib/defined.ts';
import type { ScenarioPlan } from '../model/scenario-plan.ts';

type Config = PlaywrightTestConfig<{ plan: ScenarioPlan }>;

/** The plan of the gate that runs this, or null when somebody runs it by hand. */
export function handedInPlan(): ScenarioPlan | null {
  const handedIn = process.env['RAMPGATE_PLAN'];
  return handedIn === undefined ? null : (JSON.parse(handedIn) as ScenarioPlan);
}

/** One pass after the other over the scenarios of a folder, one visit at a time, once, and with nothing that records. */
export function runnerConfig(
  plan: ScenarioPlan,
  { testDir, ...others }: Pick<Config, 'reporter' | 'webServer'> & { readonly testDir: string },
): Config {
  const executablePath = findBrowser({ playwrightPath: chromium.executablePath() })?.path;
  return defineConfig<{ plan: ScenarioPlan }>({
    ...others,
    testDir,
    testMatch: '*.scenario.{ts,js}',
    workers: 1,
    retries: 0,
    fullyParallel: false,
    timeout: 15 * 60_000,
    // Each pass is a project, and so a browser process of its own.
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
        ...defined({ executablePath }),
      },
    },
  });
}
