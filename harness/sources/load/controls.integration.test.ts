/** The load's controls against a real server whose cache header and slow route are honest, or are not. */
import { beforeEach, describe, expect, it } from 'vitest';
import { localServers } from '../../../setup/local-servers.ts';
import { checklistConventions } from '../../config/api-conventions.ts';
import { judge } from '../../judgement/judge.ts';
import { realShell } from '../../lib/shell.ts';
import type { Criterion } from '../../model/criterion.ts';
import type { Evidence, QualityIssue } from '../../model/evidence.ts';
import { collectLoad } from './collect-load.ts';
import type { LoadPolicy } from './settings.ts';

const serve = localServers();
let api: string;
let asked: Set<string>;
/** What a diff says of its cache. */
let say: (isRepeated: boolean) => string | null;
let slowMs: number;
let slowStatus: number;

beforeEach(async () => {
  asked = new Set();
  say = (isRepeated) => (isRepeated ? 'HIT' : 'MISS');
  slowMs = 200;
  slowStatus = 200;
  api = await serve((request, response) => {
    const url = request.url ?? '';
    if (url.startsWith('/slow')) {
      setTimeout(() => response.writeHead(slowStatus).end('late'), slowMs);
      return;
    }
    const said = say(asked.has(url));
    asked.add(url);
    if (said !== null) response.setHeader('X-Cache', said);
    response.writeHead(url.startsWith('/gone') ? 404 : 200).end('ok');
  });
});

interface Changes {
  readonly unasked?: string | null;
  readonly slowRoute?: string | null;
  readonly withoutControls?: { readonly cache?: string; readonly timing?: string };
}

function collect({ unasked = '/new', slowRoute = '/slow', withoutControls = {} }: Changes = {}): Promise<Evidence> {
  const policy: LoadPolicy = {
    name: 'diff',
    ratePerSecond: 50,
    durationMs: 400,
    stages: 1,
    warmUpMs: 0,
    timeoutMs: 1000,
    expectBody: 'ok',
    cacheHeader: 'X-Cache',
    mix: () =>
      Promise.resolve([
        {
          name: 'all',
          share: 1,
          repeated: true,
          requests: [{ path: '/a' }],
          ...(unasked === null ? {} : { unasked: { path: unasked } }),
        },
      ]),
  };
  return collectLoad(policy, {
    api,
    target: { artifacts: {}, conventions: checklistConventions, limiter: null },
    beside: [],
    safety: { maxRatePerSecond: 100, maxRequests: 1000, stopAtErrorRatio: 0.5 },
    slowRoute: slowRoute === null ? null : { path: slowRoute, takesMs: 200 },
    withoutControls,
    shell: realShell(),
    signal: new AbortController().signal,
    stillOpen: () => false,
    onProgress: () => undefined,
  });
}

const hitRate: Criterion = {
  id: 'diff.cache-hit-rate',
  title: 'Hits',
  scope: 'backend',
  severity: 'blocking',
  sli: 'diff.cache-hit-rate',
  probe: 'load-diff',
  statistic: { kind: 'ratio' },
  limit: { op: '>', value: 0.6, unit: 'ratio' },
  minSamples: 5,
  groups: [],
  rationale: '',
  advice: '',
  checklist: [],
};
/** A busy machine may bring other doubts. */
const blind = (qualityIssues: readonly QualityIssue[]) =>
  qualityIssues.filter(({ code }) => code === 'control-not-seen');
const judged = (evidence: Evidence) =>
  judge([hitRate], [{ ...evidence, qualityIssues: blind(evidence.qualityIssues) } as Evidence], {
    falseGo: 0.01,
    falseNoGo: 0.01,
  })[0];
const outcomes = (evidence: Evidence) =>
  Object.fromEntries((evidence.controls ?? []).map(({ name, outcome }) => [name, outcome]));

describe('the controls of a load', () => {
  it('see on an honest target, and count for nothing', async () => {
    const evidence = await collect();
    expect(outcomes(evidence)).toEqual({ 'first request': 'seen', 'repeated request': 'seen', 'slow route': 'seen' });
    expect(blind(evidence.qualityIssues)).toEqual([]);
    expect(evidence).toMatchObject({ measurements: [{ denominator: 20 }, {}, { denominator: 19 }] });
    expect(judged(evidence)?.outcome).toBe('pass');
  });

  it('believe no hit of a header that calls a first request one', async () => {
    say = () => 'HIT';
    const evidence = await collect({ slowRoute: null });
    expect(outcomes(evidence)).toMatchObject({ 'first request': 'not-seen', 'repeated request': 'seen' });
    expect(judged(evidence)).toMatchObject({
      outcome: 'inconclusive',
      message: expect.stringContaining('X-Cache: HIT came to GET /new'),
    });
  });

  it('leave a cache that is off a fail', async () => {
    say = () => 'MISS';
    const evidence = await collect({ slowRoute: null });
    expect(outcomes(evidence)).toMatchObject({ 'first request': 'seen', 'repeated request': 'not-seen' });
    expect(blind(evidence.qualityIssues)).toEqual([]);
    expect(judged(evidence)?.outcome).toBe('fail');
  });

  it.each<readonly [string, () => void, Changes, string]>([
    ['no header', () => (say = () => null), {}, 'no X-Cache came'],
    ['an answer that is no good one', () => undefined, { unasked: '/gone' }, 'answered 404'],
  ])('prove nothing with %s', async (_what, change, changes, words) => {
    change();
    const evidence = await collect({ slowRoute: null, ...changes });
    expect(evidence.controls?.[0]).toMatchObject({ outcome: 'not-seen', message: expect.stringContaining(words) });
    expect(judged(evidence)?.outcome).toBe('inconclusive');
  });

  it.each<readonly [string, () => void, string]>([
    ['answers sooner than it says', () => (slowMs = 0), 'instead of at least 200 ms'],
    ['takes much longer than it says', () => (slowMs = 600), 'half of them at most 400 ms'],
    ['does not answer well', () => (slowStatus = 404), '0 of 8 answers were good'],
  ])('doubt the latency beside a slow route that %s', async (_what, change, words) => {
    change();
    const { qualityIssues } = await collect();
    expect(blind(qualityIssues)).toMatchObject([
      { code: 'control-not-seen', slis: ['diff.latency'], message: expect.stringContaining(words) },
    ]);
  });

  it('are listed where nobody offers or allows them', async () => {
    const none = await collect({ unasked: null, slowRoute: null });
    expect(outcomes(none)).toEqual({
      'first request': 'not-tried',
      'repeated request': 'not-tried',
      'slow route': 'not-tried',
    });
    const forbidden = await collect({ withoutControls: { cache: 'not here', timing: 'not there' } });
    expect(forbidden.controls?.map(({ message }) => message)).toEqual(['not here', 'not here', 'not there']);
    expect(asked).not.toContain('/new');
    expect(blind([...none.qualityIssues, ...forbidden.qualityIssues])).toEqual([]);
  });
});
