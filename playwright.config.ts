/**
 * Runs the scenarios with Playwright's own runner: `npx playwright test`, with `--ui` or `--headed` as you like.
 * The gate runs them the same way and hands in its plan; by hand, the plan comes from rampgate.config.ts.
 */

import { handedInPlan, runnerConfig } from './harness/browser-kit/runner-config.ts';
import { type PlanByHand, planByHand } from './harness/gate/plan-by-hand.ts';

const handedIn = handedInPlan();
const { plan, webServer }: PlanByHand = handedIn === null ? await planByHand(process.env) : { plan: handedIn };

export default runnerConfig(plan, {
  testDir: 'scenarios',
  reporter: [[handedIn === null ? 'list' : 'line'], ['html', { open: 'never' }]],
  ...(webServer === undefined ? {} : { webServer }),
});
