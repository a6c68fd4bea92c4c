/** Playwright's configuration for the calibration's own scenario. */
import { handedInPlan, runnerConfig } from '../../browser-kit/runner-config.ts';

const plan = handedInPlan();
if (plan === null) throw new Error('the calibration is told by the gate, which hands its plan in');

export default runnerConfig(plan, { testDir: import.meta.dirname, reporter: 'line' });
