/** The target `skillmeat` as it ships, and two that get something wrong about it, with budgets that show it quickly. */
import type { RolloutInput } from '../harness/config/rollout.ts';
import quick from './quick.config.ts';

const { skillmeat } = quick.targets;
const { diff, deployments } = quick.load;
if (skillmeat === undefined || diff === undefined || deployments === undefined) {
  throw new Error('the shipped configuration has lost the target skillmeat, or a load');
}
const { limiter: _, ...careless } = skillmeat;

const config: RolloutInput = {
  ...quick,
  targets: { skillmeat, careless, misread: { ...skillmeat, summaryQuery: 'mode=summary' } },
  defaultTarget: 'skillmeat',
  scenarios: { ...quick.scenarios, 'cold-start': { visits: 3 } },
  load: {
    diff: { ...diff, for: '1s', atMost: '1s' },
    // Long enough for a list to be requested twenty times.
    deployments: { ...deployments, for: '3s', atMost: '3s' },
  },
};

export default config;
