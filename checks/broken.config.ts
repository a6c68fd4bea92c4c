/** A configuration with three mistakes, for the test that expects to hear of all of them. */
import shipped from '../rampgate.config.ts';

const { limit, ...criterion } = shipped.criteria[0] ?? {};

export default { ...shipped, defaultTarget: undefined, criteria: [{ ...criterion, limt: limit }] };
