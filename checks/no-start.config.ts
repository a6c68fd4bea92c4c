/** A target that cannot start, for the test that expects to hear why. */
import quick from './quick.config.ts';

const { demo } = quick.targets;
if (demo?.start === undefined) throw new Error('the shipped configuration has lost its demo');

export default { ...quick, targets: { demo: { ...demo, start: [...demo.start, '--fault', 'no-such-fault'] } } };
