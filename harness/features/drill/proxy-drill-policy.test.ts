import { describe, expect, it } from 'vitest';
import shipped from '../../../rampgate.config.ts';
import { parseRollout } from '../../config/load-config.ts';
import { faultsOf } from './drill-policy.ts';
import { plantedThroughProxy, proxyDrillOf, proxyDrillPolicy } from './proxy-drill-policy.ts';

const { drill } = shipped;
if (drill?.throughProxy === undefined) throw new Error('the shipped configuration has lost its drill');
const { throughProxy } = drill;
const rollout = parseRollout(shipped, 'rampgate.config.ts');

function problemsWith(changes: object): string {
  try {
    const changed = { ...shipped, drill: { ...drill, throughProxy: { ...throughProxy, ...changes } } };
    proxyDrillOf(parseRollout(changed, 'x.config.ts'), 'x.config.ts');
    return 'none';
  } catch (error) {
    return String(error);
  }
}

const odd = { imitates: 'x', rollback: 'none', spares: ['diff.error-rate'] };
const withFault = (fault: object, name = 'odd') => problemsWith({ faults: { [name]: { ...odd, ...fault } }, fast: {} });
const delayed = [{ kind: 'delay', ms: 5 }];

describe('the configuration of a drill through a proxy', () => {
  it.each([
    ['nothing to do', withFault({ plant: [] }), 'drill.throughProxy.faults.odd.plant'],
    [
      'something that a proxy cannot do',
      withFault({ plant: [{ kind: 'slow' }] }),
      'drill.throughProxy.faults.odd.plant',
    ],
    [
      'what is no regular expression',
      withFault({ plant: [{ kind: 'hang', on: '(' }] }),
      'must be a regular expression',
    ],
    [
      'what is none only at some size',
      withFault({ size: { default: 2, unit: '%' }, plant: (size: number) => [{ kind: 'hang', share: size }] }),
      'drill.throughProxy.faults.odd.plant: at 2 %, ',
    ],
    [
      'a size that changes nothing',
      withFault({ size: { default: 2, unit: '%' }, plant: delayed }),
      'has a size, and so must be a function of it',
    ],
    ['a function of no size', withFault({ plant: () => delayed }), 'is a function of a size, and there is none'],
    ['the name of the run without a fault', withFault({ plant: delayed }, 'no-fault'), 'is the name of the run'],
    [
      'a criterion that is not there',
      withFault({ plant: delayed, spares: ['diff.latency'] }),
      'drill.throughProxy.faults.odd: there is no "diff.latency"',
    ],
    ['a reason for nothing', problemsWith({ without: { 'diff.latency': 'x' } }), 'drill.throughProxy.without'],
    ['a fast fault that is none', problemsWith({ fast: { 'slow-dif': ['diff.latency-p95'] } }), '"slow-diff"'],
  ])('refuses %s', (_, problems, message) => {
    expect(problems).toContain(message);
  });

  it('needs no target of its own that faults could be planted in', () => {
    const alone = { ...shipped, drill: { throughProxy } };
    expect(proxyDrillOf(parseRollout(alone, 'x.config.ts'), 'x.config.ts').fast).toEqual(throughProxy.fast);
  });

  it('plants a fault of a size, or of its own, and none in the run without', () => {
    expect(plantedThroughProxy(rollout, 'slow-diff', null)).toMatchObject([{ kind: 'delay', ms: 350 }]);
    expect(plantedThroughProxy(rollout, 'slow-diff', 120)).toMatchObject([{ kind: 'delay', ms: 120 }]);
    expect(plantedThroughProxy(rollout, 'no-fault', null)).toEqual([]);
    expect(() => plantedThroughProxy(rollout, 'diff-errors', 300)).toThrow('The fault "diff-errors" of size 300');
  });

  it('samples less of another target, at other addresses, and judges by the same limits', () => {
    const at = { target: 'skillmeat', web: 'http://localhost:1', api: 'http://localhost:2' };
    const criteria = ['diff.latency-p95', 'diff.invalidation'];
    const policy = proxyDrillPolicy(rollout, 'sha256:0', { fault: 'few-errors', criteria, at });
    expect(policy.target.at).toEqual({ kind: 'running', web: 'http://localhost:1', api: 'http://localhost:2' });
    expect(policy.loads).toMatchObject([{ name: 'diff', durationMs: 20_000, timeoutMs: 1000 }]);
    // What the target withholds stays withheld.
    expect(policy.criteria).toMatchObject([{ id: 'diff.latency-p95', limit: { op: '<', value: 200 } }]);
  });
});

describe('the shipped catalogue', () => {
  const { faults, without } = proxyDrillOf(rollout, 'rampgate.config.ts');
  const all = faultsOf({ faults });

  it.each(rollout.criteria.map(({ id }) => id))('turns %s red, or says why it cannot', (id) => {
    const isRed = all.some(({ turnsRed }) => turnsRed.includes(id));
    expect(isRed).toBe(without[id] === undefined);
  });

  it('has every kind of fault that a proxy can plant', () => {
    const kinds = new Set(all.flatMap(({ name }) => plantedThroughProxy(rollout, name, null).map(({ kind }) => kind)));
    expect([...kinds].toSorted()).toEqual(
      ['answer', 'delay', 'field', 'grow-scripts', 'hang', 'header', 'script', 'stall', 'truncate'].toSorted(),
    );
  });
});
