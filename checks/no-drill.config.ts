/** A rollout that does not say how faults are planted. */
import shipped from '../rampgate.config.ts';

const { drill: _, ...withoutDrill } = shipped;

export default withoutDrill;
