/** The quick configuration with one more visit for each scenario, which is recorded. */
import type { RolloutInput } from '../harness/config/rollout.ts';
import quick from './quick.config.ts';

const traced: RolloutInput = { ...quick, browser: { ...quick.browser, trace: true } };

export default traced;
