/** The shipped rollout for tests of the watch: loads of a second per sample, and time limits for a busy machine. */
import type { RolloutInput } from '../harness/config/rollout.ts';
import shipped from '../rampgate.config.ts';

const { diff, deployments } = shipped.load;
if (diff === undefined || deployments === undefined) throw new Error('the shipped configuration has lost a load');
const { watch } = shipped;

const watched: RolloutInput = {
  ...shipped,
  profiles: {
    'pre-ramp': {},
    watch: { load: { diff: { rate: 40, for: '1s' }, deployments: { rate: 40, for: '1s' } } },
  },
  reporting: undefined,
  drill: undefined,
  load: {
    diff: { ...diff, warmUp: '10ms' },
    deployments: { ...deployments, warmUp: '10ms' },
  },
  watch: { ...watch, every: '10min', goneAfter: '9min', rates: [] },
};

export default watched;
