/** The shipped smoke profile, one journey of it, with a ceiling that its visits meet before they are done. */
import type { RolloutInput } from '../harness/config/rollout.ts';
import shipped from '../rampgate.config.ts';

const smoke = shipped.profiles['smoke'];
if (smoke?.bounds === undefined) throw new Error('the shipped configuration has lost its smoke profile');

const tight: RolloutInput = {
  ...shipped,
  profiles: {
    ...shipped.profiles,
    smoke: {
      ...smoke,
      bounds: { ...smoke.bounds, maxRequests: 120 },
      load: {},
      without: {
        ...smoke.without,
        ...Object.fromEntries(
          shipped.criteria.filter(({ from }) => from.startsWith('load:')).map(({ id }) => [id, 'it is a load']),
        ),
      },
    },
  },
};

export default tight;
