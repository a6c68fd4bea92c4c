import { describe, expect, it } from 'vitest';
import shipped from '../../../rampgate.config.ts';
import { parseRollout } from '../../config/load-config.ts';
import { drillOf, drillPolicy, faultsOf } from './drill-policy.ts';

const { drill } = shipped;
if (drill === undefined) throw new Error('the shipped configuration has lost its drill');
const rollout = parseRollout(shipped, 'rampgate.config.ts');
const faults = faultsOf(drillOf(rollout, 'rampgate.config.ts'));

function problemsWith(changes: object): string {
  try {
    drillOf(parseRollout({ ...shipped, drill: { ...drill, ...changes } }, 'x.config.ts'), 'x.config.ts');
    return 'none';
  } catch (error) {
    return String(error);
  }
}

const withFault = (fault: object) =>
  problemsWith({ faults: { odd: { imitates: 'x', rollback: 'none', ...fault } }, fast: {} });

describe('the configuration of a drill', () => {
  it.each([
    [
      'a target that is not there',
      problemsWith({ target: 'dmeo' }),
      'drill.target: there is no "dmeo"; did you mean "demo"?',
    ],
    [
      'a fast fault that is none',
      problemsWith({ fast: { 'slow-dif': ['diff.latency-p95'] } }),
      'did you mean "slow-diff"?',
    ],
    [
      'a fast fault by a criterion that it is not about',
      problemsWith({ fast: { 'slow-diff': ['diff.error-rate'] } }),
      'drill.fast.slow-diff: there is no "diff.error-rate"',
    ],
    ['a criterion that is not there', withFault({ turnsRed: ['diff.latency'] }), 'there is no "diff.latency"'],
    ['nothing to look at', withFault({}), 'drill.faults.odd: names no criterion'],
    [
      'two expectations of one criterion',
      withFault({ turnsRed: ['diff.error-rate'], spares: ['diff.error-rate'] }),
      '"diff.error-rate" is expected to be two things at once',
    ],
    [
      'a rollback that nothing leads to',
      withFault({ spares: ['diff.error-rate'], rollback: 'both' }),
      'turns nothing red, and so leads to no rollback of "both"',
    ],
    [
      'sizes the wrong way round',
      withFault({ spares: ['diff.error-rate'], size: { default: 1, unit: 'ms', search: [9, 3] } }),
      'got 9 to 3',
    ],
    [
      'a list of commands that is not there',
      withFault({ spares: ['checklist.pre-deploy'], commands: { 'pre-deploy': 'x' } }),
      'there is no "x"',
    ],
    [
      'a budget for nothing',
      problemsWith({ budgets: { load: { dif: { for: '6s' } } } }),
      'drill.budgets.load: there is no "dif"',
    ],
  ])('refuses %s', (_, problems, message) => {
    expect(problems).toContain(message);
  });

  it('may be unfit in a configuration made from another one, until somebody drills', () => {
    const { demo } = shipped.targets;
    if (demo === undefined) throw new Error('there is no demo');
    const changes = {
      targets: { demo },
      profiles: { 'pre-ramp': {} },
      reporting: undefined,
      criteria: shipped.criteria.slice(0, 1),
    };
    const fewer = parseRollout({ ...shipped, ...changes }, 'x.config.ts');
    expect(() => drillOf(fewer, 'x.config.ts')).toThrow('x.config.ts has ');
  });

  it('plants a fault in the command of its target, by name and size', () => {
    const fault = faults.find(({ name }) => name === 'slow-diff');
    if (fault === undefined) throw new Error('there is no slow-diff');
    const commandWith = (size: number | null) => {
      const { at } = drillPolicy(rollout, 'sha256:0', { fault, size, criteria: ['diff.latency-p95'] }).target;
      return at.kind === 'started' ? at.command.slice(-2) : [];
    };
    expect(commandWith(null)).toEqual(['--fault', 'slow-diff']);
    expect(commandWith(120)).toEqual(['--fault', 'slow-diff=120']);
  });

  it('samples less, and judges by the same limits', () => {
    const [fault] = faults;
    if (fault === undefined) throw new Error('there is no fault');
    const policy = drillPolicy(rollout, 'sha256:0', { fault, size: null, criteria: ['diff.latency-p95'] });
    expect(policy.loads).toMatchObject([{ name: 'diff', durationMs: 6000, warmUpMs: 1000, stages: 1 }]);
    expect(policy.criteria).toMatchObject([
      { id: 'diff.latency-p95', limit: { op: '<', value: 200 }, minSamples: 800 },
    ]);
  });
});
