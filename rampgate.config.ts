/**
 * The rollout this repository ships with: the sync-status performance refactor of SkillMeat.
 * This is the file to edit. Quantities carry their unit; every limit says why it is what it is.
 */

import { faults } from './demo/faults.ts';
import { defineRollout } from './harness/config/rollout.ts';
import { keptPromises } from './rollout/api-checks/api-compatibility.ts';
import { cacheChecks } from './rollout/api-checks/cache.ts';
import { contractChecks } from './rollout/api-checks/contract.ts';
import { healthChecks } from './rollout/api-checks/health.ts';
import { invalidationChecks } from './rollout/api-checks/invalidation.ts';
import { checklists, commandLists } from './rollout/commands.ts';
import { deploymentLists, diffMix, diffsAskedTwice } from './rollout/load-mix.ts';
import { notThroughProxy, proxyFaults } from './rollout/proxy-faults.ts';
import { checklistRollback, demoRollback } from './rollout/rollback-steps.ts';
import { skillmeatTarget } from './rollout/skillmeat-target.ts';

/** The three routes that answer diffs, with or without the artifact's id in the label. */
const diffRoutes = { endpoint: '.*/([a-z-]+-)?diff' };
const cacheAnswers = {
  header: 'X-Cache',
  hits: 'skillmeat_cache_hits_total',
  misses: 'skillmeat_cache_misses_total',
};

/** Busy for 300 of every 900 ms, until whoever started it is gone. */
const neighbour = `
  process.stdin.resume().on('end', () => process.exit());
  setInterval(() => { const until = Date.now() + 300; while (Date.now() < until); }, 900);
`;

/** What the fast drill plants together: something for every probe that takes its time. */
const allAtOnce = [
  'diff.latency-p95',
  'diff.error-rate',
  'diff.cache-hit-rate',
  'cold-start.diff-visible',
  'cold-start.console-errors',
  'metrics.diff-latency',
  'metrics.diff-error-rate',
  'logs.cache-hit-rate',
  'sentry.js-errors',
  'sentry.new-issues',
  'bundle.js-growth',
  'checklist.pre-deploy',
] as const;

export default defineRollout({
  name: 'sync-status-performance-refactor',

  successCriteria: {
    S1: 'All backend tests green',
    S2: 'All frontend tests green',
    S3: 'Error rates on /diff and /deployments remain < 0.5 %',
    S4: 'p95 latency on /diff improved vs baseline (target: < 200 ms)',
    S5: 'Cache hit rate on repeated diffs > 60 %',
    S6: 'No new JavaScript errors in Sentry',
    S7: 'Sync modal load time improved vs baseline (target: < 500 ms cold start)',
    S8: 'Manual verification pass (4 scenarios)',
  },

  defaultTarget: 'demo',
  targets: {
    demo: {
      start: ['node', 'demo/main.ts', '--port', '0', '--api-port', '0', '--with-sentry', '--exit-with-parent'],
      artifacts: {
        small: { id: 'skill:pocket-notes', name: 'pocket-notes' },
        manyDeployments: { id: 'skill:team-playbook', name: 'team-playbook' },
        large: { id: 'skill:mega-migration', name: 'mega-migration' },
      },
      collections: ['default', 'staging'],
      mayChange: { artifact: 'small', project: 'sandbox' },
      rollback: demoRollback,
      commands: { 'pre-deploy': 'demo', build: 'demo-build' },
      // What proves that the probes see; `withoutControls: { browser: 'reason' }` leaves out what must not be planted.
      slowRoute: { path: '/slow-answer', takes: '300ms' },
      uncached: { headers: { 'Cache-Control': 'no-cache, no-store' } },
    },
    skillmeat: skillmeatTarget,
  },

  profiles: {
    'pre-ramp': {},
    nightly: {
      // Compares with the last good nights, and joins them when it is go.
      baseline: 'nightly',
      scenarios: {
        'cold-start': { visits: 60 },
        'scope-switch': { visits: 9, rounds: 7 },
        'large-diff': { visits: 60 },
        'modal-reopen': { visits: 30 },
      },
      load: { diff: { for: '120s' }, deployments: { for: '60s' } },
      lighthouse: { viewer: { runs: 5 } },
    },
    // What `rollback --execute` measures after a step: only what its "proves" names.
    'after-rollback': {
      scenarios: { 'cold-start': { visits: 20 } },
      load: { diff: { for: '25s', atMost: '50s' }, deployments: { for: '25s', atMost: '50s' } },
    },
    // After a deploy, on what people use: is anything broken? In a minute, and gently.
    smoke: {
      bounds: {
        maxRequests: 2500,
        within: '56s',
        goMeans:
          'Nothing that a minute can see is broken. Go on with rampgate watch; whether it is as good as before, pre-ramp says.',
      },
      changesNothing: true,
      // In twenty: 11 samples bound a p75 and 598 requests without an error a rate of 0.5 %, a good half of what one in a hundred takes.
      errorBudget: { falseGo: 0.05, falseNoGo: 0.01 },
      scenarios: {
        'cold-start': { visits: 11 },
        'scope-switch': { visits: 1, rounds: 11 },
        'large-diff': { visits: 1, rounds: 11 },
        'modal-reopen': { visits: 1, rounds: 3 },
      },
      // Each journey's own first telling would cost seven seconds of the minute, and can only make its samples slower.
      browser: { passes: 1, trace: false, warmUp: 'browser' },
      load: { diff: { for: '12.2s', warmUp: '1s' }, deployments: { for: '12.2s', warmUp: '1s' } },
      loadsAtOnce: true,
      minSamples: {
        'cold-start.diff-visible': 11,
        'cold-start.console-errors': 11,
        'scope-switch.visible': 11,
        'scope-switch.stats-correct': 6,
        'large-diff.file-visible': 11,
        'modal-reopen.duplicate-requests': 3,
        'diff.latency-p95': 600,
        'diff.error-rate': 600,
        'deployments.error-rate': 600,
        'diff.cache-hit-rate': 300,
        'metrics.diff-error-rate': 600,
        'metrics.diff-latency': 600,
        'sentry.js-errors': 10,
        'sentry.new-issues': 10,
      },
      without: {
        'checklist.pre-deploy': 'the deploy is over; its commands are asked before it',
        'viewer.first-contentful-paint':
          'Lighthouse takes 15 s a visit; cold-start.diff-visible, which cannot come earlier, stands in',
        'large-diff.list-visible': 'each sample is a visit of a second and a half, and eleven are needed',
        'cold-start.vs-baseline': 'a regression within the limit takes more samples than a minute has',
        'diff.vs-baseline': 'a regression within the limit takes more samples than a minute has',
        'logs.cache-invalidated':
          'smoke changes nothing, so what invalidates is other people’s; rampgate watch counts it',
      },
    },
    // A single sample of `rampgate watch`, light enough to be taken for two hours.
    watch: {
      scenarios: {
        'cold-start': { visits: 3 },
        'scope-switch': { visits: 1, rounds: 3 },
        'large-diff': { visits: 3 },
        'modal-reopen': { visits: 1 },
      },
      browser: { passes: 1, trace: false },
      load: { diff: { rate: 20, for: '4s' }, deployments: { rate: 20, for: '4s' } },
    },
  },

  // How often each journey is told; what that does not decide is told again, as often, until `atMost`. Looking three times
  // within the error budget, a p75 needs 20 samples to be bounded at all; 30 bear one outlier, 60 six, 90 eleven.
  scenarios: {
    'cold-start': { visits: 30, atMost: 90 },
    'scope-switch': { visits: 3, rounds: 7, atMost: 9 },
    'large-diff': { visits: 30, atMost: 90 },
    'modal-reopen': { visits: 10 },
  },

  // Looking three times within 1 % for a false go, zero errors prove a rate under 0.5 % from 1,138 requests on; one error
  // needs 1,575, so that it takes a second stage, and ten of 4,500 are still few enough in the third.
  load: {
    diff: {
      rate: 50,
      for: '30s',
      atMost: '90s',
      expectBody: '"files":[{',
      cacheHeader: 'X-Cache',
      mix: diffMix,
    },
    deployments: {
      rate: 50,
      for: '28s',
      atMost: '84s',
      expectBody: '"deployments":[{',
      mix: deploymentLists,
    },
  },

  // What the checklist asks to run before a deploy, and what the demo has in its stead.
  commands: commandLists,
  // The checklist itself, to be walked: `npx rampgate checklist pre-deploy`.
  checklists,

  // Each run takes 15 s, most of it Lighthouse's own quiet windows.
  lighthouse: {
    viewer: { path: '/manage?artifact={manyDeployments}&tab=sync', expectText: 'deletions', runs: 3 },
  },

  // What the page loads when it is opened; `npx rampgate bundle --save` makes it the baseline. A target may have its own, such
  // as `bundle: { build: 'dist' }`.
  bundle: {
    pages: [{ path: '/manage?artifact={manyDeployments}&tab=sync', expectText: 'deletions' }],
    baseline: 'rollout/baselines/{target}-bundle.json',
  },

  // Functions that ask the API and write down what is true of its answers; api-checks/ has them.
  checks: {
    health: healthChecks,
    contract: contractChecks,
    promises: keptPromises,
    cache: cacheChecks,
    invalidation: { run: invalidationChecks, changesTarget: true },
  },

  // The demo says itself where its logs are; these are the checklist's places.
  logs: {
    api: {
      source: { files: ['/var/log/skillmeat/api.log*'] },
      patterns: {
        timeouts: 'timeout|upstream.*error',
        'cache-invalidated': 'cache_invalidated.*diff',
        // As the demo words it of its diffs, and the real application of what it fetched from upstream.
        'cache-hits': 'Diff cache hit for|Upstream cache hit:',
        'cache-misses': 'Diff computed for [^ ]+ [a-z]+-vs-|Fetching upstream ',
      },
      rates: { 'cache-hit-rate': { of: 'cache-hits', against: 'cache-misses' } },
      // Both servers log what they are asked: this line must be found where the patterns are counted.
      control: { url: '{api}/projects?marker={marker}' },
    },
    frontend: {
      source: { files: ['/var/log/skillmeat/frontend.log*'] },
      patterns: { 'lazy-loaded': '(?i)perf:diff.*lazy-loaded' },
      control: { url: '{web}/?marker={marker}' },
    },
  },
  // What the API counts itself, from before the run to after it.
  metrics: {
    api: {
      source: { scrape: '/metrics/' },
      control: {
        ask: diffsAskedTwice,
        moves: [
          { name: 'skillmeat_api_requests_total', where: diffRoutes },
          { name: 'skillmeat_api_request_duration_seconds_count', where: diffRoutes },
        ],
      },
      read: {
        'diff-error-rate': {
          part: { name: 'skillmeat_api_requests_total', where: { ...diffRoutes, status: '5..' } },
          of: { name: 'skillmeat_api_requests_total', where: diffRoutes },
          called: { part: 'diffs answered 5xx', of: 'diffs' },
        },
        // A bucket must end there: the demo's does, the application's end at 100 and 250 ms.
        'diff-latency': {
          histogram: { name: 'skillmeat_api_request_duration_seconds', where: diffRoutes },
          over: '200 ms',
        },
        'cache-answers': cacheAnswers,
      },
    },
  },
  // The visits of these are listened to for what the page reports.
  sentry: { scenarios: ['cold-start', 'scope-switch', 'large-diff', 'modal-reopen'], readBackWithin: '30s' },

  // The nightly run tells Sentry what failed, and that it ran at all; other runs tell nobody. The variable holds the DSN of a
  // project for Rampgate alone, since the application's errors are judged. Where it is not set, the run says so and goes on.
  reporting: {
    sentry: {
      dsn: { env: 'RAMPGATE_SENTRY_DSN' },
      profiles: ['nightly'],
      monitor: {
        profile: 'nightly',
        slug: 'rampgate-nightly',
        schedule: '0 3 * * *',
        timezone: 'UTC',
        checkinMargin: '30min',
        maxRuntime: '60min',
      },
    },
  },

  // One gate in a hundred may say go although a limit is violated, and one may say no-go although all are kept.
  errorBudget: { falseGo: 0.01, falseNoGo: 0.01 },

  safety: { maxRate: 200, maxRequests: 20_000, stopAtErrorRatio: 0.5 },

  criteria: [
    {
      id: 'cold-start.diff-visible',
      title: 'Sync tab, cold: first diff painted',
      scope: 'frontend+backend',
      from: 'browser:cold-start',
      statistic: 'p75',
      limit: '< 500 ms',
      warn: '> 400 ms',
      minSamples: 15,
      rationale:
        'The checklist asks for the initial diff in under 500 ms in a new tab. p75 of new browser contexts says it for three people in four, which one slow visit does not overturn.',
      advice:
        'Look at the requests of the slowest sample: is the diff asked for in summary mode, and does one request wait for another?',
      checklist: ['S7', 'S8'],
    },
    {
      id: 'cold-start.console-errors',
      title: 'Sync tab, cold: console errors',
      scope: 'frontend',
      from: 'browser:cold-start',
      statistic: 'count',
      limit: '<= 0',
      minSamples: 15,
      rationale:
        'The checklist asks for no console errors. One is one too many: it is the same for everyone who opens the tab.',
      advice: 'The messages are quoted in the evidence; open the trace and look at its console.',
      checklist: ['S6', 'S8'],
    },
    {
      id: 'scope-switch.visible',
      title: 'Scope switch: the new scope painted',
      scope: 'frontend',
      from: 'browser:scope-switch',
      statistic: 'p75',
      limit: '< 300 ms',
      minSamples: 15,
      groups: ['collection-vs-project', 'source-vs-collection', 'source-vs-project'],
      rationale:
        'The checklist asks for under 300 ms for a scope that was loaded before. Each scope is judged alone: the slowest one is what people complain about.',
      advice:
        'Is the scope asked for again although it is loaded (see the sample’s requests), or is the diff parsed anew on every switch?',
      checklist: ['S8'],
    },
    {
      id: 'scope-switch.stats-correct',
      title: 'Scope switch: stats and lines are of that scope',
      scope: 'frontend',
      from: 'browser:scope-switch',
      statistic: 'all',
      limit: '<= 0',
      minSamples: 18,
      rationale:
        'A fast switch to the wrong numbers is worse than a slow one. The truth is counted from the full diff of each scope.',
      advice:
        'Compare expected and actual: values of another scope mean a stale key, values off by some mean a counting error.',
      checklist: ['S8'],
    },
    {
      id: 'large-diff.list-visible',
      title: 'Large diff: list painted after its data came',
      scope: 'frontend',
      from: 'browser:large-diff',
      statistic: 'p75',
      limit: '< 100 ms',
      longestTask: '<= 50 ms',
      minSamples: 15,
      rationale:
        'The checklist asks for the list "immediately without parsing delay": 100 ms is what people take for immediate (Nielsen, Response Times), and a main-thread task over 50 ms in between is a long task (W3C) that parsing would cause.',
      advice:
        'A long task between data and list is parsing or rendering of what nobody sees yet; see the trace’s flame chart.',
      checklist: ['S8'],
    },
    {
      id: 'large-diff.file-visible',
      title: 'Large diff: click on a file to its diff painted',
      scope: 'frontend',
      from: 'browser:large-diff',
      statistic: 'p75',
      limit: '< 200 ms',
      minSamples: 15,
      rationale: 'The checklist asks for under 200 ms from the click on a file to its unified diff.',
      advice: 'The sample’s requests tell whether the server or the page takes the time.',
      checklist: ['S8'],
    },
    {
      id: 'large-diff.guardrails',
      title: 'Large diff: 50 rows first, large files behind a button',
      scope: 'frontend',
      from: 'browser:large-diff',
      statistic: 'all',
      limit: '<= 0',
      minSamples: 4,
      rationale: 'The risk table bets on these guardrails against large diffs that time out in the parser.',
      advice: 'The failed check says what was expected and what was there.',
      checklist: ['S8'],
    },
    {
      id: 'modal-reopen.duplicate-requests',
      title: 'Modal reopen: requests repeated',
      scope: 'frontend',
      from: 'browser:modal-reopen',
      statistic: 'count',
      limit: '<= 0',
      minSamples: 8,
      rationale:
        'The checklist asks that a quick reopen makes no duplicate network calls: the data is 30 s fresh on the client.',
      advice: 'The repeated requests are quoted; look at staleTime and at what the mount invalidates.',
      checklist: ['S8'],
    },
    {
      id: 'diff.latency-p95',
      title: '/diff summary: p95 latency at 50/s',
      scope: 'backend',
      sli: 'diff.latency',
      from: 'load:diff',
      statistic: 'p95',
      limit: '< 200 ms',
      warn: '> 160 ms',
      alert: '> 500 ms',
      minSamples: 800,
      rationale:
        'The checklist’s target for the diff endpoint. Latency counts from when a request was due, so that a stall is not hidden by a generator that waits.',
      advice: 'Are hits fast and misses slow, or everything? Look for an upstream time-out, and at the cache hit rate.',
      checklist: ['S4'],
    },
    {
      id: 'diff.error-rate',
      title: '/diff: error rate',
      scope: 'backend',
      from: 'load:diff',
      statistic: 'ratio',
      limit: '< 0.5 %',
      alert: '> 2 %',
      minSamples: 800,
      rationale: 'The checklist’s limit. Time-outs, lost connections and answers without content count as errors.',
      advice: 'The evidence counts errors by status; grep the API log for the same minutes.',
      checklist: ['S3'],
    },
    {
      id: 'deployments.error-rate',
      title: '/deployments: error rate',
      scope: 'backend',
      from: 'load:deployments',
      statistic: 'ratio',
      limit: '< 0.5 %',
      alert: '> 2 %',
      minSamples: 800,
      rationale: 'The checklist’s limit for the list of deployments.',
      advice: 'The evidence counts errors by status; grep the API log for the same minutes.',
      checklist: ['S3'],
    },
    {
      id: 'diff.cache-hit-rate',
      title: '/diff: cache hits among repeated requests',
      scope: 'backend',
      from: 'load:diff',
      statistic: 'ratio',
      limit: '> 60 %',
      alert: '< 40 %',
      minSamples: 500,
      rationale:
        'The checklist expects 60 to 80 % on repeated diffs. Only repeats count: a first request cannot be a hit.',
      advice: 'Is CACHE_DIFF_ENABLED on, is the TTL 30 s, and does anything invalidate on reads?',
      checklist: ['S5'],
    },
    {
      id: 'checklist.pre-deploy',
      title: 'Pre-deploy commands',
      scope: 'either',
      from: 'commands:pre-deploy',
      statistic: 'all',
      limit: '<= 0',
      minSamples: 1,
      rationale:
        'The checklist asks that every command of its pre-deploy list passes. A program says so with exit code 0; one that could not run, or did not end in time, says nothing, which is no pass.',
      advice: 'The output of each command is beside the evidence; run the failed one by hand.',
      checklist: ['S1', 'S2'],
    },
    {
      id: 'viewer.first-contentful-paint',
      title: 'Sync tab: first contentful paint (Lighthouse)',
      scope: 'frontend',
      from: 'lighthouse:viewer',
      statistic: 'p50',
      limit: '< 500 ms',
      alert: '> 1000 ms',
      minSamples: 3,
      confidence: 0.75,
      rationale:
        'The checklist expects the viewer’s first paint within 300 to 500 ms and alerts above 1 s. Three runs bound a median with 75 % confidence only, and more would take too long: runs of one build lie within tens of milliseconds of each other, so that a limit hundreds away is safe with them.',
      advice:
        'Open the Lighthouse report of the median run: is the document late, the script large, or does the page wait for data before it paints anything?',
      checklist: [],
    },
    {
      id: 'cold-start.first-contentful-paint',
      title: 'Sync tab, cold: first contentful paint in the visits',
      scope: 'frontend',
      severity: 'advisory',
      from: 'browser:cold-start',
      statistic: 'p50',
      limit: '< 500 ms',
      alert: '> 1000 ms',
      minSamples: 7,
      rationale:
        'The same limit as Lighthouse’s, over many more visits that cost nothing. It informs: the first diff cannot be painted before it, so what matters of it is decided already.',
      advice: 'Look at the slowest sample: what does the page wait for before it paints anything?',
      checklist: [],
    },
    {
      id: 'bundle.js-growth',
      title: 'JavaScript of the sync tab: growth against the baseline',
      scope: 'frontend',
      from: 'bundle:js',
      statistic: 'growth',
      limit: '< 5 %',
      warn: '> 3 %',
      minSamples: 3,
      rationale:
        'The checklist takes growth under 5 % as its early warning. Judged is gzip, which every server can send and every browser takes; raw and Brotli stand beside it. The tab loads three scripts: with fewer, it is not the whole page that was seen.',
      advice:
        'The finding names what grew most. Is it a new dependency, or one that is no longer loaded only when it is needed?',
      checklist: [],
    },
    {
      id: 'health.diff-answers',
      title: 'Five diff requests answer 2xx',
      scope: 'backend',
      from: 'checks:health',
      statistic: 'count',
      limit: '>= 3',
      minSamples: 5,
      rationale: 'The checklist asks that 3 to 5 diffs from the health dashboard answer 2xx right after the deploy.',
      advice: 'Is the service up at all? Ask /health, then look at what the diffs answered.',
      checklist: [],
    },
    {
      id: 'contract.summary-mode',
      title: 'The summary leaves the texts out and has the counts of the whole diff',
      scope: 'backend',
      from: 'checks:contract',
      statistic: 'all',
      limit: '<= 0',
      minSamples: 13,
      rationale:
        'The refactor’s page shows counts from the summary: a wrong count is a wrong page, and a summary with texts in it saves nothing.',
      advice:
        'Compare expected and actual; when the parameter is ignored, does the page ask for the one that the API offers?',
      checklist: [],
    },
    {
      id: 'contract.legacy-default',
      title: 'Without the parameter, old clients get what they expect',
      scope: 'backend',
      from: 'checks:contract',
      statistic: 'all',
      limit: '<= 0',
      minSamples: 6,
      rationale:
        'The checklist: no breaking changes, additive query params only, default behaviour unchanged. Frontend and backend are rolled out apart.',
      advice:
        'A missing field or text breaks clients that were not updated; the recorded answer is in api-checks/recorded/.',
      checklist: [],
    },
    {
      id: 'contract.openapi',
      title: 'The parameter is documented as it behaves',
      scope: 'backend',
      from: 'checks:contract',
      statistic: 'all',
      limit: '<= 0',
      minSamples: 8,
      rationale:
        'The checklist asks that the OpenAPI schema has the parameter. What it says must also be what happens.',
      advice: 'Either the document or the route is out of date; the check names which statement does not hold.',
      checklist: [],
    },
    {
      id: 'contract.no-breaking-change',
      title: 'What the accepted release documented and answered still holds',
      scope: 'backend',
      from: 'checks:promises',
      statistic: 'all vs baseline',
      limit: '<= 0',
      minSamples: 3,
      rationale:
        'The checklist: no breaking changes to API contracts, additive query params only, default behavior unchanged. Every operation that the accepted release documented, and the diffs that it answered, are held to; what is added breaks nobody.',
      advice:
        'Each failed check names what was taken away. A change that is meant is waived for one run, which is then accepted: rampgate baseline accept RUN.',
      checklist: [],
    },
    {
      id: 'diff.cached-equals-fresh',
      title: 'A cached diff equals the fresh one',
      scope: 'backend',
      from: 'checks:cache',
      statistic: 'all',
      limit: '<= 0',
      minSamples: 12,
      rationale:
        'The checklist’s first risk is a cache that serves stale diffs; byte by byte leaves no room for it. Twelve comparisons need no way past the cache; where the target offers one, six more do without it.',
      advice: 'Switch the cache off (CACHE_DIFF_ENABLED=false) and compare again: if that helps, it is the cache.',
      checklist: [],
    },
    {
      id: 'diff.invalidation',
      title: 'After a deploy, a sync or a change on disk the next diff is fresh',
      scope: 'backend',
      from: 'checks:invalidation',
      statistic: 'all',
      limit: '<= 0',
      minSamples: 7,
      rationale:
        'The checklist counters stale diffs with explicit invalidation on deploy and sync, and with a life of 30 s for the rest.',
      advice: 'Switch the cache off (CACHE_DIFF_ENABLED=false) until it forgets what it must; which change was it?',
      checklist: [],
    },
    {
      id: 'diff.key-isolation',
      title: 'No project or collection sees the diff of another',
      scope: 'backend',
      from: 'checks:cache',
      statistic: 'all',
      limit: '<= 0',
      minSamples: 6,
      rationale:
        'The checklist names a cache key that collides across projects as a risk: one answer to two questions.',
      advice:
        'Which part of the question is missing in the cache’s key? The check names the project and the collection.',
      checklist: [],
    },
    {
      id: 'contract.page-uses-summary',
      title: "The page's first diff request asks for the summary",
      scope: 'frontend',
      severity: 'advisory',
      from: 'browser:cold-start',
      statistic: 'all',
      limit: '<= 0',
      minSamples: 1,
      rationale:
        'The refactor’s gain comes from asking for the summary first; a page that does not still works, only slower.',
      advice: 'Look at the query of the first diff request in the evidence.',
      checklist: [],
    },
    {
      id: 'logs.timeouts',
      title: 'API log: time-outs and upstream errors in ten minutes',
      scope: 'backend',
      from: 'logs:api',
      statistic: 'count',
      limit: '<= 0',
      minSamples: 10,
      rationale:
        'The checklist expects none in ten minutes. One is there to be seen however short the run; none is worth something only in a log that is being written.',
      advice:
        'The lines are quoted in the evidence. Is it a parse of a large diff, or GitHub that does not answer? Compare with the error rate of the same minutes.',
      checklist: [],
    },
    {
      id: 'logs.cache-invalidated',
      title: 'API log: cache invalidations in ten minutes',
      scope: 'backend',
      severity: 'advisory',
      from: 'logs:api',
      statistic: 'count',
      limit: '> 5',
      minSamples: 10,
      rationale:
        'The checklist expects more than five in ten minutes of active use, that is, while people deploy and sync. A gate run does so six times itself, where the target lets it; elsewhere whether anybody does is not known before a ramp; so it informs. Whether invalidation works is decided by diff.invalidation.',
      advice: 'Did anybody deploy or sync meanwhile? If so, does the API still invalidate, and still log it?',
      checklist: [],
    },
    {
      id: 'logs.cache-hit-rate',
      title: 'API log: answers from the cache in ten minutes',
      scope: 'backend',
      severity: 'advisory',
      from: 'logs:api',
      statistic: 'ratio',
      limit: '> 40 %',
      minSamples: 100,
      rationale:
        'The checklist reads the hit rate from the API’s log, and alerts below 40 %. The log does not tell a repeated request from a first one, which cannot be a hit, so that it informs; diff.cache-hit-rate decides where answers say where they come from. Of a target that caches only what it fetches from upstream, this is all there is to see.',
      advice: 'Is the cache on, and do requests repeat within its life?',
      checklist: [],
    },
    {
      id: 'logs.lazy-loaded',
      title: 'Frontend log: lazy-load markers in ten minutes',
      scope: 'frontend',
      from: 'logs:frontend',
      statistic: 'count',
      limit: '> 10',
      minSamples: 11,
      rationale:
        'The checklist expects more than ten in ten minutes of active sync use. The gate is such use: each of its visits to a large diff opens a file, which must be loaded when it is opened and not before.',
      advice: 'Are diffs loaded with the list again (eager loading), or does the page no longer report?',
      checklist: [],
    },
    {
      id: 'cold-start.vs-baseline',
      title: 'Sync tab, cold: first diff painted, against the baseline',
      scope: 'either',
      sli: 'cold-start.diff-visible',
      from: 'browser:cold-start',
      statistic: 'p75 vs baseline',
      limit: '<= 75 ms',
      minSamples: 15,
      rationale:
        'The checklist asks for a load time that is improved against the baseline. 75 ms are 15 % of what the tab may take: less is within what a quiet machine can tell apart in these visits, and nobody feels it.',
      advice:
        'Compare the requests of the slowest sample with the baseline’s: which came later, or is new? A deliberate change is waived for one run, which is then accepted: rampgate baseline accept RUN.',
      checklist: ['S7'],
    },
    {
      id: 'diff.vs-baseline',
      title: '/diff summary: p95 latency at 50/s, against the baseline',
      scope: 'backend',
      sli: 'diff.latency',
      from: 'load:diff',
      statistic: 'p95 vs baseline',
      limit: '<= 30 ms',
      minSamples: 800,
      rationale:
        'The checklist asks for a p95 that is improved against the baseline. 30 ms are 15 % of its target; in milliseconds, because a cached diff takes so few that any share of them is noise.',
      advice:
        'Are hits or misses slower than they were? A deliberate change is waived for one run, which is then accepted: rampgate baseline accept RUN.',
      checklist: ['S4'],
    },
    {
      id: 'metrics.diff-error-rate',
      title: 'All diffs of the run, as the API counts them: error rate',
      scope: 'backend',
      from: 'metrics:api',
      statistic: 'ratio',
      limit: '< 0.5 %',
      alert: '> 2 %',
      minSamples: 800,
      rationale:
        'The checklist’s limit, over every diff that the API answered meanwhile: also those of the visits and of other people, which the load does not see. Answers of 5xx count; what the API refused with 4xx is what was asked of it.',
      advice: 'When diff.error-rate passes, the errors are in what the load does not ask: grep the API log for 5xx.',
      checklist: ['S3'],
    },
    {
      id: 'metrics.diff-latency',
      title: 'All diffs of the run, as the API times them: over 200 ms',
      scope: 'backend',
      severity: 'advisory',
      from: 'metrics:api',
      statistic: 'ratio',
      limit: '< 5 %',
      minSamples: 800,
      rationale:
        'A p95 under 200 ms is less than 5 % over 200 ms, which the histogram tells exactly where a bucket ends there. It informs: the API’s clock starts when it takes a request up, so that waiting for a busy API is not in it, and whole diffs of the visits are; diff.latency-p95 decides.',
      advice: 'When diff.latency-p95 fails and this does not, requests wait before the API takes them up.',
      checklist: ['S4'],
    },
    {
      id: 'metrics.cache-answers',
      title: 'X-Cache says what the API counts as hits and misses',
      scope: 'backend',
      from: 'metrics:api',
      statistic: 'all',
      limit: '<= 0',
      minSamples: 2,
      rationale:
        'The hit rate rests on what X-Cache says. Of three new diffs, each asked twice, the counters of the cache must know as many hits and misses as the header told of; a header that calls misses hits would make any rate look good.',
      advice: 'Compare expected and actual: who sets the header, and does it know whether the answer was computed?',
      checklist: ['S5'],
    },
    {
      id: 'sentry.js-errors',
      title: 'Sync modal: JavaScript errors that the page reports to Sentry',
      scope: 'frontend',
      from: 'sentry:page',
      statistic: 'count',
      limit: '<= 0',
      minSamples: 50,
      rationale:
        'The checklist asks for no new JavaScript errors in Sentry. Read from the page’s own envelopes, an error counts before Sentry has filed it, and only for the build under test.',
      advice: 'The errors are quoted with their visit; the event in Sentry has the stack.',
      checklist: ['S6'],
    },
    {
      id: 'sentry.new-issues',
      title: 'Sentry: new issues of this release',
      scope: 'frontend',
      from: 'sentry:issues',
      statistic: 'count',
      limit: '<= 0',
      minSamples: 50,
      rationale:
        'What is new with this release is this release’s: known issues grow with traffic and say little. Sessions tell that somebody could have met one.',
      advice: 'Open the quoted issues in Sentry; the growth of known ones is in the evidence.',
      checklist: ['S6'],
    },
  ],

  // The two hours after the deploy: `npx rampgate watch`. Limits and alert limits are those of the criteria.
  watch: {
    for: '2h',
    every: '30s',
    without: {
      'viewer.first-contentful-paint':
        'Lighthouse takes a core for 15 s a run; cold-start.first-contentful-paint watches the same',
      'bundle.js-growth': 'the scripts do not change after the deploy; the gate has measured them',
      'contract.summary-mode': 'the contract does not change after the deploy; the gate has checked it',
      'contract.legacy-default': 'the contract does not change after the deploy; the gate has checked it',
      'contract.openapi': 'the contract does not change after the deploy; the gate has checked it',
      'contract.no-breaking-change': 'the contract does not change after the deploy; the gate has checked it',
      'diff.invalidation': 'a watch changes nothing in its target',
      'cold-start.vs-baseline': 'a watch visits too seldom to be compared; the gate compares',
      'diff.vs-baseline': 'the light load of a watch is not the load of the baseline; the gate compares',
    },
    sample: {
      'browser:cold-start': '1min',
      'browser:scope-switch': '10min',
      'browser:large-diff': '10min',
      'browser:modal-reopen': '10min',
      'sentry:page': '1min',
      'sentry:issues': '1min',
      'metrics:api': '1min',
      'checks:health': '10min',
      'checks:cache': '10min',
      'logs:api': '10min',
      'logs:frontend': '10min',
      'commands:pre-deploy': 'once',
    },
    rates: [
      {
        id: 'sentry.errors-per-minute',
        title: 'Sync modal: JavaScript errors in Sentry, per minute',
        scope: 'frontend',
        sli: 'sentry.errors',
        from: 'sentry:issues',
        alert: '> 5',
        per: '1min',
        rationale:
          'The checklist alerts above five a minute: what everybody who opens the modal meets, and not one browser’s oddity.',
        advice: 'Open the newest issues of the release in Sentry; is it one error, and did it begin with the deploy?',
      },
    ],
    // The checklist's ramp. `npx rampgate watch --stage canary` judges one stage; what goes on to the next is your own command.
    stages: {
      canary: { title: 'Frontend canary, 10 % of the traffic', for: '5min', next: 'all of the traffic' },
      errors: { title: 'Error watch after the backend deploy', for: '2min' },
      full: { title: 'All of the traffic', for: '2h' },
    },
  },

  // How much a comparison measures in a block: a visit to the scopes has rounds enough.
  compare: { scenarios: { 'cold-start': { visits: 8 }, 'scope-switch': { visits: 1, rounds: 5 } } },

  // How it is proved that each criterion can fail: `npx rampgate drill`. The faults are the demo's own.
  drill: {
    target: 'demo',
    plant: ['--fault', '{fault}'],
    budgets: {
      scenarios: {
        'cold-start': { visits: 8 },
        'scope-switch': { visits: 1, rounds: 6 },
        'large-diff': { visits: 6 },
        'modal-reopen': { visits: 2 },
      },
      load: {
        diff: { for: '6s', warmUp: '1s', timeout: '3s' },
        deployments: { for: '6s', warmUp: '1s', timeout: '3s' },
      },
      stepTimeout: '2s',
      listenTo: ['scope-switch'],
      readBackWithin: '1s',
    },
    // What criteria "vs baseline" compare with in a drill; 24 visits bound a p75 at all, 20 s of load are 1,000 requests.
    baseline: {
      scenarios: { 'cold-start': { visits: 30 } },
      load: { diff: { for: '20s', warmUp: '1s', timeout: '3s' } },
    },
    faults: {
      ...faults,
      'little-more-bundle': {
        imitates: 'the page carries a little more JavaScript, within the limit',
        spares: ['bundle.js-growth'],
        rollback: 'none',
        plant: ['--fault', 'bigger-bundle=4'],
      },
      'few-errors': {
        imitates: 'fewer diffs fail than the limit allows',
        spares: ['diff.error-rate', 'metrics.diff-error-rate'],
        rollback: 'none',
        plant: ['--fault', 'diff-errors=0.3'],
        budgets: { load: { diff: { for: '20s', warmUp: '1s', timeout: '3s' } } },
      },
      'errors-below-limit': {
        imitates: 'nearly as many diffs fail as the limit allows',
        spares: ['diff.error-rate', 'metrics.diff-error-rate'],
        rollback: 'none',
        plant: ['--fault', 'diff-errors=0.4'],
        budgets: { load: { diff: { for: '20s', warmUp: '1s', timeout: '3s' } } },
      },
      'slow-but-cached': {
        imitates: 'a first visit waits for what is computed, and everybody after it gets it from the cache',
        spares: ['cold-start.diff-visible'],
        rollback: 'none',
        plant: ['--fault', 'slow-diff-misses=800'],
      },
      'errors-near-limit': {
        imitates: 'about as many diffs fail as the limit allows: too few to tell by, and so no pass',
        leavesOpen: ['diff.error-rate'],
        rollback: 'none',
        plant: ['--fault', 'diff-errors=0.6'],
      },
      'slightly-slower': {
        imitates: 'diffs take longer, within the limit',
        spares: ['diff.latency-p95', 'diff.vs-baseline', 'large-diff.file-visible'],
        rollback: 'none',
        plant: ['--fault', 'slow-diff=15'],
      },
      'slower-than-before': {
        imitates: 'diffs take longer than in the accepted release, and not too long by themselves',
        turnsRed: ['diff.vs-baseline'],
        spares: ['diff.latency-p95'],
        rollback: 'backend',
        plant: ['--fault', 'slow-diff=110'],
      },
      'noisy-neighbour': {
        imitates: 'another program on the machine is busy for a third of the time',
        spares: ['diff.latency-p95', 'diff.vs-baseline', 'scope-switch.visible'],
        rollback: 'none',
        plant: [],
        beside: ['node', '-e', neighbour],
      },
      'failed-tests': {
        imitates: 'a command of the pre-deploy list fails',
        turnsRed: ['checklist.pre-deploy'],
        rollback: 'both',
        plant: [],
        commands: { 'pre-deploy': 'planted-failure' },
      },
      'all-at-once': {
        imitates: 'a rollout in which something went wrong wherever one looks',
        turnsRed: [...allAtOnce, 'diff.vs-baseline', 'cold-start.vs-baseline'],
        rollback: 'both',
        plant: ['slow-diff', 'diff-errors', 'cache-off', 'console-error', 'bigger-bundle'].flatMap((name) => [
          '--fault',
          name,
        ]),
        commands: { 'pre-deploy': 'planted-failure' },
        budgets: { listenTo: ['cold-start'], scenarios: { 'cold-start': { visits: 4 } } },
      },
      'missing-tool': {
        imitates: 'a command of the pre-deploy list needs a tool that is not there',
        leavesOpen: ['checklist.pre-deploy'],
        rollback: 'none',
        plant: [],
        commands: { 'pre-deploy': 'planted-gap' },
      },
      // Too little of something is red only in a log that covers its window.
      'no-lazy-markers': { ...faults['no-lazy-markers'], budgets: { logWindow: '6s', minSamples: 2 } },
      'eager-diffs': { ...faults['eager-diffs'], budgets: { logWindow: '6s', minSamples: 2 } },
      'no-invalidation': { ...faults['no-invalidation'], budgets: { logWindow: '6s', minSamples: 2 } },
      'unlogged-invalidation': { ...faults['unlogged-invalidation'], budgets: { logWindow: '6s', minSamples: 2 } },
    },
    // One run for all probes that take their time, and one for each that does not. Not Lighthouse, whose runs take 15 s each.
    fast: {
      'all-at-once': [...allAtOnce],
      'fast-failures': ['health.diff-answers'],
      'cache-lies': ['metrics.cache-answers'],
      'summary-ignored': ['contract.summary-mode'],
      'summary-by-default': ['contract.legacy-default'],
      'undocumented-mode': ['contract.openapi'],
      'no-openapi': ['contract.openapi'],
      'stale-cache': ['diff.cached-equals-fresh'],
      'key-collision': ['diff.key-isolation'],
      'missing-tool': ['checklist.pre-deploy'],
    },
    // Before targets that are not to be touched a proxy stands and does the like: `npx rampgate drill --target NAME`.
    throughProxy: {
      faults: proxyFaults,
      without: notThroughProxy,
      fast: {
        'slow-diff': ['diff.latency-p95'],
        'diff-errors': ['diff.error-rate'],
        'cut-answers': ['diff.error-rate'],
        'no-cache-header': ['diff.cached-equals-fresh'],
        undocumented: ['contract.openapi'],
        'other-project': ['diff.key-isolation'],
      },
    },
  },

  rollback: checklistRollback,
});
