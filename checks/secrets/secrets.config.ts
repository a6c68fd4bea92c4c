/** Playwright's set-up for the scenario that visits a page full of secrets. */
import { handedInPlan, runnerConfig } from '../../harness/browser-kit/runner-config.ts';

const plan = handedInPlan();
if (plan === null) throw new Error('this configuration runs only within its test');

export default runnerConfig(plan, { testDir: '.', reporter: [['line'], ['html', { open: 'never' }]] });
