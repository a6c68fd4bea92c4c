/** The shipped rollout compared in blocks of a second: enough for counts, too short for times. */
import type { RolloutInput } from '../harness/config/rollout.ts';
import shipped from '../rampgate.config.ts';

const { diff } = shipped.load;
if (diff === undefined) throw new Error('the shipped configuration has lost a load');

const rollout: RolloutInput = {
  ...shipped,
  load: { ...shipped.load, diff: { ...diff, warmUp: '500ms' } },
  compare: { loadFor: '1s', visits: 2 },
};

export default rollout;
