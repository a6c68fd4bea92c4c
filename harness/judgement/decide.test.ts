import { describe, expect, it } from 'vitest';
import type { Finding } from '../model/finding.ts';
import type { Outcome, Verdict } from '../model/outcome.ts';
import { decide } from './decide.ts';
import { criterionOf, judge } from './evidence.fixture.ts';

const findingsOf = (...findings: readonly (readonly [Finding['severity'], Outcome])[]): Finding[] =>
  findings.flatMap(([severity, outcome]) =>
    judge([criterionOf({ severity })], []).map((finding) => ({ ...finding, outcome })),
  );

const cases: readonly (readonly [string, readonly (readonly [Finding['severity'], Outcome])[], Verdict])[] = [
  ['nothing was judged', [], 'inconclusive'],
  ['only advice was judged', [['advisory', 'pass']], 'inconclusive'],
  ['only advice failed', [['advisory', 'fail']], 'inconclusive'],
  [
    'all pass',
    [
      ['blocking', 'pass'],
      ['blocking', 'pass'],
    ],
    'go',
  ],
  [
    'one is undecided',
    [
      ['blocking', 'pass'],
      ['blocking', 'inconclusive'],
    ],
    'inconclusive',
  ],
  [
    'one fails',
    [
      ['blocking', 'inconclusive'],
      ['blocking', 'fail'],
      ['blocking', 'pass'],
    ],
    'no-go',
  ],
  [
    'advice fails beside a pass',
    [
      ['advisory', 'fail'],
      ['blocking', 'pass'],
    ],
    'go',
  ],
];

describe('decide', () => {
  it.each(cases)('%s', (_name, findings, verdict) => {
    expect(decide(findingsOf(...findings))).toBe(verdict);
    expect(decide(findingsOf(...findings).reverse())).toBe(verdict);
  });
});
