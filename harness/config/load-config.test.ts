import { describe, expect, it } from 'vitest';
import shipped from '../../rampgate.config.ts';
import { choosePolicy } from './choose-policy.ts';
import { parseRollout } from './load-config.ts';
import type { RolloutInput } from './rollout.ts';

describe('parseRollout', () => {
  it('takes the configuration that Rampgate ships with', () => {
    expect(parseRollout(shipped, 'rampgate.config.ts').name).toBe('sync-status-performance-refactor');
  });

  it('names every problem at once, with its path, its value and a suggestion for a misspelt key', () => {
    const broken = {
      ...shipped,
      profils: {},
      defaultTarget: 7,
      load: { ...shipped.load, diff: { ...shipped.load['diff'], rate: -1, for: '36' } },
      criteria: [{ ...shipped.criteria[0], limt: '< 500 ms', limit: '< 500', statistic: 'p75th' }],
    };
    expect(() => parseRollout(broken, 'rampgate.config.ts')).toThrowErrorMatchingInlineSnapshot(`
      [OperatorMistake: rampgate.config.ts has 6 problems:
        - defaultTarget: is missing (string)
        - load.diff.rate: too small: expected number to be >0
        - load.diff.for: must be a duration with a unit such as "30s", "500ms" or "2h"
        - criteria.0.statistic: must be "p1" to "p99.9" or "all", the same with " vs baseline" behind it, "ratio", "count" or "growth"
        - criteria.0: "limt" is not a known key; did you mean "limit"?
        - the configuration: "profils" is not a known key; did you mean "profiles"?
      Nothing was measured. Correct them all and run again.]
    `);
  });

  it('takes a shared store by a variable, or by an address without a password', () => {
    const storeOf = (store: unknown) => parseRollout({ ...shipped, store }, 'c.ts').store;
    expect(storeOf(undefined)).toBeUndefined();
    expect(storeOf({ postgres: { env: 'RAMPGATE_STORE_URL' } })).toEqual({
      kind: 'variable',
      name: 'RAMPGATE_STORE_URL',
    });
    const address = 'postgres://rampgate@db.example.org/rampgate';
    expect(storeOf(address)).toEqual({ kind: 'address', address });
    for (const wrong of ['postgres://a:secret@db/x', 'mysql://db/x', { postgres: { env: 'lower case' } }]) {
      expect(() => storeOf(wrong)).toThrow(/store: /);
      expect(() => storeOf(wrong)).not.toThrow(/a:secret/);
    }
  });

  it('says what is missing', () => {
    const { criteria: _, ...without } = shipped;
    expect(() => parseRollout(without, 'c.ts')).toThrow('criteria: is missing');
  });

  const contradictions: readonly (readonly [string, (rollout: RolloutInput) => RolloutInput, string])[] = [
    [
      'a default target that does not exist',
      (r) => ({ ...r, defaultTarget: 'dmo' }),
      'defaultTarget: there is no "dmo"; did you mean "demo"?',
    ],
    [
      'an id that is used twice',
      (r) => ({ ...r, criteria: [...r.criteria, first(r)] }),
      'criteria.cold-start.diff-visible: the id is used more than once',
    ],
    [
      'a control of a log that is nowhere described',
      (r) => ({ ...r, targets: { demo: { ...demoOf(r), logControls: { apis: { url: '{api}/{marker}' } } } } }),
      'targets.demo.logControls: there is no "apis"; did you mean "api"?',
    ],
    [
      'a way past the cache that is none',
      (r) => ({ ...r, targets: { demo: { ...demoOf(r), uncached: {} } } }),
      'targets.demo.uncached: must name headers, a query or the api of an instance whose cache is off',
    ],
    [
      'a source that nothing feeds',
      (r) => edit(r, { from: 'browser:cold-strat' }),
      'there is no "browser:cold-strat"; did you mean "browser:cold-start"?',
    ],
    [
      'a checklist row that does not exist',
      (r) => edit(r, { checklist: ['S9'] }),
      'criteria.cold-start.diff-visible.checklist: there is no "S9"',
    ],
    [
      'groups of a change',
      (r) => edit(r, { statistic: 'p75 vs baseline', limit: '<= 10 %', groups: ['a'] }),
      '"groups" and "longestTask" do not go with "p75 vs baseline"',
    ],
    [
      'a change that is limited as a count',
      (r) => edit(r, { statistic: 'p75 vs baseline', limit: '<= 0' }),
      '"<= 0" is not a limit for "p75 vs baseline"',
    ],
    [
      'a limit in another unit than its statistic',
      (r) => edit(r, { limit: '< 5 %' }),
      '"< 5 %" is not a limit for "p75", which is in ms',
    ],
    [
      'an alert tighter than the limit',
      (r) => edit(r, { alert: '> 400 ms' }),
      '"> 400 ms" must lie beyond the limit "< 500 ms"',
    ],
    [
      'a warning beyond the limit',
      (r) => edit(r, { warn: '> 500 ms' }),
      'warn: "> 500 ms" must lie within the limit "< 500 ms" and point to its bad side',
    ],
    ['a warning on the good side', (r) => edit(r, { warn: '< 400 ms' }), '"< 400 ms" must lie within the limit'],
    ['a warning in another unit', (r) => edit(r, { warn: '> 5 %' }), '"> 5 %" is not in ms'],
    ['an alert on the good side', (r) => edit(r, { alert: '< 900 ms' }), '"< 900 ms" must lie beyond the limit'],
    ['an alert in another unit', (r) => edit(r, { alert: '> 4' }), '"> 4" is not in ms like the limit'],
    [
      'more samples than the budget can ever give',
      (r) => edit(r, { minSamples: 100 }),
      '100 can never be reached in profile pre-ramp, which takes 30 visits × 1 rounds = 30 samples',
    ],
    [
      'groups where there is no percentile',
      (r) => edit(r, { statistic: 'count', limit: '<= 0', groups: ['a'] }),
      '"groups" and "longestTask" go with a percentile',
    ],
    ['a long-task limit that is no time', (r) => edit(r, { longestTask: '< 3' }), '"< 3" must be in ms'],
    [
      'a report on a profile that does not exist',
      (r) => reporting(r, { profiles: ['nihgtly'] }),
      'reporting.sentry.profiles: there is no "nihgtly"; did you mean "nightly"?',
    ],
    [
      'a monitor that waits for runs that tell nobody',
      (r) => reporting(r, { monitor: { profile: 'pre-ramp', slug: 'x', schedule: '0 3 * * *' } }),
      'reporting.sentry.monitor.profile: "pre-ramp" is not among reporting.sentry.profiles',
    ],
    [
      'a monitor whose run may take half minutes',
      (r) => reporting(r, { monitor: { profile: 'nightly', slug: 'x', schedule: '0 3 * * *', maxRuntime: '90s' } }),
      'reporting.sentry.monitor.maxRuntime: must be whole minutes',
    ],
    [
      'a monitor with a schedule that is none',
      (r) => reporting(r, { monitor: { profile: 'nightly', slug: 'x', schedule: 'nightly' } }),
      'reporting.sentry.monitor.schedule: must be a crontab schedule of five fields',
    ],
    [
      'a monitor in no time zone',
      (r) => reporting(r, { monitor: { profile: 'nightly', slug: 'x', schedule: '0 3 * * *', timezone: 'Utopia' } }),
      'reporting.sentry.monitor.timezone: must be a time zone',
    ],
    [
      'a DSN in the place of its variable',
      (r) => reporting(r, { dsn: { env: 'https://key@o1.ingest.sentry.io/1' } }),
      'reporting.sentry.dsn.env: must name an environment variable',
    ],
    [
      'a target with neither a command nor addresses',
      (r) => ({ ...r, targets: { ...r.targets, x: { artifacts: {} } } }),
      'targets.x: needs either "start" or both "web" and "api"',
    ],
    [
      'a target with both',
      (r) => ({
        ...r,
        targets: { ...r.targets, x: { artifacts: {}, start: ['x'], web: 'http://a', api: 'http://b' } },
      }),
      'targets.x: has a start command and addresses',
    ],
    [
      'a comparison that visits what is not there',
      (r) => ({ ...r, compare: { scenarios: { 'cold-strat': { visits: 1 } } } }),
      'compare.scenarios: there is no "cold-strat"; did you mean "cold-start"?',
    ],
    [
      'a comparison that loads what is not there',
      (r) => ({ ...r, compare: { load: { dif: { for: '2s' } } } }),
      'compare.load: there is no "dif"; did you mean "diff"?',
    ],
    [
      'a profile that leaves out what is not there',
      (r) => ({ ...r, profiles: { ...r.profiles, p: { without: { 'diff.x': 'why' } } } }),
      'profiles.p.without: there is no "diff.x"',
    ],
    [
      'a load beyond the safety ceiling',
      (r) => ({ ...r, safety: { maxRate: 40 } }),
      '50/s is more than safety.maxRate allows (40/s)',
    ],
    [
      'a page that Lighthouse is not told of',
      (r) => edit(r, { from: 'lighthouse:viewers' }),
      'there is no "lighthouse:viewers"; did you mean "lighthouse:viewer"?',
    ],
    [
      'a page of an artifact that the target does not have',
      (r) => ({ ...r, lighthouse: { viewer: { path: '/manage?artifact={huge}', expectText: 'x' } } }),
      'lighthouse.viewer.path: target demo has no artifact "huge"',
    ],
    [
      'a page with scripts of an artifact that the target does not have',
      (r) => ({ ...r, bundle: { pages: [{ path: '/x/{huge}', expectText: 'x' }] } }),
      'bundle.pages.0.path: target demo has no artifact "huge"',
    ],
    [
      'the same of a target by itself',
      (r) => ({
        ...r,
        targets: {
          demo: { ...r.targets['demo'], artifacts: {}, bundle: { pages: [{ path: '/{huge}', expectText: 'x' }] } },
        },
      }),
      'targets.demo.bundle.pages.0.path: target demo has no artifact "huge"',
    ],
    [
      'scripts that are nowhere',
      (r) => ({ ...r, bundle: { baseline: 'x.json' } as never }),
      'bundle: must be { pages: [{ path, expectText }] } or { build: FOLDER }',
    ],
    [
      'scripts that nobody measures',
      (r) => {
        const { bundle: _, ...without } = r;
        return without;
      },
      'criteria.bundle.js-growth.from: there is no "bundle:js"',
    ],
    [
      'a limit that asks for growth',
      (r) => edit(r, { statistic: 'growth', limit: '> 5 %' }),
      '"> 5 %" asks for growth; a limit on it is written with < or <=',
    ],
    [
      'growth in milliseconds',
      (r) => edit(r, { statistic: 'growth' }),
      'is not a limit for "growth", which is in ratio',
    ],
    [
      'a confidence of what has no chance in it',
      (r) => edit(r, { statistic: 'growth', limit: '< 5 %', confidence: 0.9 }),
      'confidence: goes with an interval, which "growth" does not have',
    ],
    [
      'more runs of Lighthouse than the profile makes',
      (r) => ({ ...r, profiles: { 'pre-ramp': { lighthouse: { viewer: { runs: 2 } } } } }),
      'criteria.viewer.first-contentful-paint.minSamples: 3 can never be reached in profile pre-ramp, which takes 2 runs',
    ],
    [
      'a log that is nowhere described',
      (r) => edit(r, { from: 'logs:apis' }),
      'there is no "logs:apis"; did you mean "logs:api"?',
    ],
    [
      'a place for a log that the rollout does not have',
      (r) => ({ ...r, targets: { demo: { ...r.targets['demo'], artifacts: {}, logs: { apis: { files: ['x'] } } } } }),
      'targets.demo.logs: there is no "apis"; did you mean "api"?',
    ],
    [
      'one pattern in two logs',
      (r) => ({ ...r, logs: { ...r.logs, b: { source: { files: ['x'] }, patterns: { timeouts: 'x' } } } }),
      'logs.b.patterns.timeouts: logs.api has a pattern of this name already',
    ],
    [
      'a rate of what is not counted',
      (r) => ({ ...r, logs: { ...r.logs, ...rateIn({ hits: 'x' }) } }),
      'logs.b.rates.rate: there is no pattern "misses" in this log',
    ],
    [
      'a rate that is called like a pattern',
      (r) => ({ ...r, logs: { ...r.logs, ...rateIn({ hits: 'x', misses: 'y', rate: 'z' }) } }),
      'logs.b.rates.rate: is the name of a pattern already',
    ],
    [
      'an expression without linear time',
      (r) => ({ ...r, logs: { ...r.logs, b: { source: { files: ['x'] }, patterns: { b: '(?=a)b' } } } }),
      'logs.b.patterns.b: must be a regular expression in the syntax of RE2: no lookaround, no back-reference',
    ],
    [
      'a log that comes from nowhere',
      (r) => ({ ...r, logs: { ...r.logs, b: { source: { files: [] }, patterns: {} } } }),
      'logs.b.source',
    ],
    [
      'a scenario for Sentry that does not exist',
      (r) => ({ ...r, sentry: { scenarios: ['cold-strat'] } }),
      'sentry.scenarios: there is no "cold-strat"; did you mean "cold-start"?',
    ],
    [
      'criteria that rest on Sentry without saying how it is asked',
      (r) => {
        const { sentry: _, ...without } = r;
        return without;
      },
      'criteria.sentry.js-errors.from: there is no "sentry:page"',
    ],
    [
      'stages of different sizes',
      (r) => ({ ...r, scenarios: { ...r.scenarios, 'cold-start': { visits: 30, atMost: 70 } } }),
      'scenarios.cold-start.atMost: 70 is not a multiple of the 30 visits of one stage',
    ],
    [
      'loads of different length',
      (r) => ({ ...r, load: { ...r.load, diff: { ...loadOf(r), atMost: '70s' } } }),
      'load.diff.atMost: 70s is not a multiple of the 30s of one stage',
    ],
    [
      "a profile's load that ends in the middle of a stage",
      (r) => ({ ...r, profiles: { 'pre-ramp': { load: { diff: { for: '20s', atMost: '30s' } } } } }),
      'profiles.pre-ramp.load.diff.atMost: 30s is not a multiple of the 20s of one stage',
    ],
    [
      'more requests in all stages than the safety ceiling',
      (r) => ({ ...r, load: { ...r.load, diff: { ...loadOf(r), rate: 200, for: '60s', atMost: '120s' } } }),
      'load.diff in profile pre-ramp: 24000 requests are more than safety.maxRequests (20000)',
    ],
    [
      'a confidence for what has no interval of its own',
      (r) => edit(r, { statistic: 'count', limit: '<= 0', confidence: 0.9 }),
      'confidence: goes with an interval, which "count" does not have',
    ],
    [
      'more requests than the safety ceiling',
      (r) => ({ ...r, safety: { maxRequests: 1400 } }),
      '4500 requests are more than safety.maxRequests (1400)',
    ],
  ];

  it.each(contradictions)('refuses %s', (_name, change, message) => {
    expect(() => parseRollout(change(shipped), 'rampgate.config.ts')).toThrow(message);
  });
});

describe('choosePolicy', () => {
  const rollout = parseRollout(shipped, 'rampgate.config.ts');

  it.each([
    [{ profile: 'pre-rmap' }, 'There is no profile called "pre-rmap". Did you mean "pre-ramp"?'],
    [{ profile: 'pre-ramp', target: 'production' }, 'There is no target called "production".'],
    [
      { profile: 'pre-ramp', only: ['diff.latency'] },
      'There is no criterion called "diff.latency". Did you mean "diff.latency-p95"?',
    ],
  ])('explains a name it does not have: %j', (choice, message) => {
    expect(() => choosePolicy(rollout, 'sha256:0', choice)).toThrow(message);
  });

  it('visits the scenarios that are listened to for Sentry, although no criterion of theirs is chosen', () => {
    const policy = choosePolicy(rollout, 'sha256:0', { profile: 'pre-ramp', only: ['sentry.js-errors'] });
    expect(policy.scenarios.map(({ name }) => name)).toEqual(rollout.sentry?.scenarios);
    expect(policy.sentry).toMatchObject({ asks: ['page'], readBackWithinMs: 30_000 });
    expect(policy.criteria).toHaveLength(1);
  });

  it('runs only the sources that the chosen criteria need, and says what it leaves out', () => {
    const policy = choosePolicy(rollout, 'sha256:0', {
      profile: 'pre-ramp',
      only: ['diff.error-rate', 'diff.latency-p95'],
    });
    expect(policy.scenarios).toEqual([]);
    expect(policy.loads.map((load) => load.name)).toEqual(['diff']);
    expect(policy.criteria.map((criterion) => criterion.id)).toEqual(['diff.latency-p95', 'diff.error-rate']);
    expect(policy.leftOut).toContainEqual(
      expect.objectContaining({ id: 'cold-start.diff-visible', reason: 'left out by --only' }),
    );
    expect(policy.leftOut.length + policy.criteria.length).toBe(rollout.criteria.length + rollout.notExercised.length);
  });

  it('takes addresses given on the command line as a target that runs already', () => {
    const policy = choosePolicy(rollout, 'sha256:0', {
      profile: 'pre-ramp',
      web: 'http://localhost:1/',
      api: 'http://localhost:2/api/',
    });
    expect(policy.target.at).toEqual({ kind: 'running', web: 'http://localhost:1', api: 'http://localhost:2/api' });
  });

  it('refuses one address where the other cannot be known', () => {
    expect(() => choosePolicy(rollout, 'sha256:0', { profile: 'pre-ramp', web: 'http://localhost:1' })).toThrow(
      '--web is given without --api, and the target "demo" is started by a command',
    );
  });

  it('fills the artifacts of the target into the page for Lighthouse', () => {
    const policy = choosePolicy(rollout, 'sha256:0', {
      profile: 'nightly',
      only: ['viewer.first-contentful-paint'],
    });
    expect(policy.lighthouse).toEqual([
      { name: 'viewer', path: '/manage?artifact=skill%3Ateam-playbook&tab=sync', expectText: 'deletions', runs: 5 },
    ]);
    expect(policy.criteria).toMatchObject([{ probe: 'lighthouse-viewer', confidence: 0.75 }]);
  });

  it('takes the scripts from where the target has them, else the rollout, and the baseline by the target’s name', () => {
    const { bundle, criteria } = choosePolicy(rollout, 'sha256:0', { profile: 'pre-ramp', only: ['bundle.js-growth'] });
    const name = '/manage?artifact={manyDeployments}&tab=sync';
    expect(bundle).toEqual({
      source: {
        kind: 'pages',
        pages: [{ name, path: '/manage?artifact=skill%3Ateam-playbook&tab=sync', expectText: 'deletions' }],
        origins: [],
      },
      baseline: 'rollout/baselines/demo-bundle.json',
    });
    expect(criteria).toMatchObject([{ probe: 'bundle-js', statistic: { kind: 'growth' }, limit: { unit: 'ratio' } }]);
    const [demo] = Object.values(shipped.targets);
    const own = { ...demo, artifacts: demo?.artifacts ?? {}, bundle: { build: 'dist', baseline: 'kept.json' } };
    const built = parseRollout({ ...shipped, targets: { demo: own } }, 'c.ts');
    expect(choosePolicy(built, 'sha256:0', { profile: 'pre-ramp' }).bundle).toEqual({
      source: { kind: 'build', folder: 'dist', include: ['**/*'], exclude: [] },
      baseline: 'kept.json',
    });
    const other = choosePolicy(rollout, 'sha256:0', { profile: 'pre-ramp', only: ['health.diff-answers'] });
    expect(other.bundle).toBeNull();
  });

  it('lets timings be looked at after each stage of a scenario, and what is counted at the end', () => {
    const { criteria, scenarios } = choosePolicy(rollout, 'sha256:0', { profile: 'pre-ramp' });
    expect(scenarios).toContainEqual({ name: 'cold-start', visits: 30, rounds: 1, stages: 3 });
    const looks = (id: string) => criteria.find((criterion) => criterion.id === id)?.looks;
    expect(looks('cold-start.diff-visible')).toBe(3);
    expect(looks('cold-start.console-errors')).toBeUndefined();
    expect(looks('diff.latency-p95')).toBe(3);
    expect(looks('diff.error-rate')).toBe(3);
    expect(looks('viewer.first-contentful-paint')).toBeUndefined();
  });

  it('leaves checks that change their target out where the target does not allow it', () => {
    const { mayChange: _, ...asItIs } = rollout.targets['demo'] ?? {};
    const untouchable = { ...rollout, targets: { demo: asItIs as (typeof rollout.targets)[string] } };
    const { checks, leftOut } = choosePolicy(untouchable, 'sha256:0', { profile: 'pre-ramp' });
    expect(checks.map(({ name }) => name)).toEqual(['health', 'contract', 'promises', 'cache']);
    expect(leftOut.find(({ id }) => id === 'diff.invalidation')?.reason).toContain('targets.demo.mayChange');
    const allowed = choosePolicy(rollout, 'sha256:0', { profile: 'pre-ramp' });
    expect(allowed.checks.at(-1)).toMatchObject({ name: 'invalidation', changesTarget: true });
  });

  it('takes a log from where the command line says, else the target, else the rollout', () => {
    const files = (path: string) => ({ files: [path] });
    const [demo] = Object.values(shipped.targets);
    const placed = parseRollout(
      {
        ...shipped,
        targets: { demo: { ...demo, logs: { api: files('/target/api.log'), frontend: files('/target/web.log') } } },
        logs: Object.fromEntries(
          Object.entries(shipped.logs ?? {}).map(([name, log]) => [name, { ...log, zone: '-03:30' }]),
        ),
      },
      'c.ts',
    );
    const { logs } = choosePolicy(placed, 'sha256:0', { profile: 'pre-ramp', logs: ['api=/given/a=b.log'] });
    expect(logs).toMatchObject([
      {
        name: 'api',
        source: { kind: 'files', paths: ['/given/a=b.log'] },
        isGiven: true,
        windowMs: 600_000,
        zoneMinutes: -210,
      },
      { name: 'frontend', source: { kind: 'files', paths: ['/target/web.log'] }, isGiven: false },
    ]);
    expect(choosePolicy(rollout, 'sha256:0', { profile: 'pre-ramp' }).logs[0]?.source).toEqual({
      kind: 'files',
      paths: ['/var/log/skillmeat/api.log*'],
    });
  });

  it('reports only on the profiles that do, and calls a target by its name where it has no other', () => {
    const rollout = parseRollout(shipped, 'rampgate.config.ts');
    const chosen = (profile: string, rest = {}) => choosePolicy(rollout, 'sha256:0', { profile, ...rest }).reporting;
    expect(chosen('pre-ramp')).toBeNull();
    expect(chosen('nightly')).toEqual({
      dsnVariable: 'RAMPGATE_SENTRY_DSN',
      environment: 'demo',
      timeoutMs: 5000,
      monitor: {
        slug: 'rampgate-nightly',
        crontab: '0 3 * * *',
        timezone: 'UTC',
        checkinMarginMinutes: 30,
        maxRuntimeMinutes: 60,
      },
    });
    expect(chosen('nightly', { only: ['diff.error-rate'] })).toMatchObject({ monitor: null });
  });

  it.each([
    ['api', '--logs got "api", which does not name a log and its file.'],
    ['apis=/x.log', 'There is no log called "apis". Did you mean "api"?'],
  ])('does not take %s for the place of a log', (text, message) => {
    expect(() => choosePolicy(rollout, 'sha256:0', { profile: 'pre-ramp', logs: [text] })).toThrow(message);
  });

  it('takes what proves that probes see from the target, else from the rollout, and what must not be planted', () => {
    const control = { url: '{api}/hello/{marker}', method: 'POST' as const, json: { a: '{marker}' }, within: '2s' };
    const target = {
      ...demoOf(shipped),
      logControls: { api: control },
      withoutControls: { browser: 'production' },
      uncached: { query: 'fresh=1' },
    };
    const rollout = parseRollout({ ...shipped, targets: { demo: target } }, 'c.ts');
    const policy = choosePolicy(rollout, 'hash', { profile: 'pre-ramp' });
    expect(policy.target).toMatchObject({
      withoutControls: { browser: 'production' },
      slowRoute: { path: '/slow-answer', takesMs: 300 },
    });
    expect(policy.target.uncached).toEqual({ query: 'fresh=1', ignoring: [] });
    expect(policy.logs.map((log) => log.control)).toEqual([
      { url: '{api}/hello/{marker}', method: 'POST', json: { a: '{marker}' }, withinMs: 2000 },
      { url: '{web}/?marker={marker}', method: 'GET', withinMs: 10_000 },
    ]);
  });

  it('gives a profile its own sampling budget', () => {
    const policy = choosePolicy(rollout, 'sha256:0', { profile: 'nightly' });
    expect(policy.scenarios).toContainEqual({ name: 'cold-start', visits: 60, rounds: 1, stages: 1 });
    expect(policy.loads.find((load) => load.name === 'diff')).toMatchObject({ durationMs: 120_000, stages: 1 });
  });
});

function loadOf({ load }: RolloutInput) {
  const { diff } = load;
  if (diff === undefined) throw new Error('the shipped configuration has lost its load');
  return diff;
}

function rateIn(patterns: { readonly [name: string]: string }) {
  return { b: { source: { files: ['x'] }, patterns, rates: { rate: { of: 'hits', against: 'misses' } } } };
}

function first(rollout: RolloutInput): RolloutInput['criteria'][number] {
  const [criterion] = rollout.criteria;
  if (criterion === undefined) throw new Error('the shipped configuration has no criteria');
  return criterion;
}

function reporting(rollout: RolloutInput, change: object): RolloutInput {
  const sentry = { dsn: { env: 'X_DSN' }, profiles: ['nightly'], ...change };
  return { ...rollout, reporting: { sentry } };
}

function edit(rollout: RolloutInput, change: Partial<RolloutInput['criteria'][number]>): RolloutInput {
  return { ...rollout, criteria: [{ ...first(rollout), ...change }, ...rollout.criteria.slice(1)] };
}

function demoOf({ targets }: RolloutInput): NonNullable<RolloutInput['targets']['demo']> {
  const { demo } = targets;
  if (demo === undefined) throw new Error('the shipped configuration has lost its demo');
  return demo;
}
