/** What the build must show: its commands pass, it paints early, and its JavaScript does not grow. */
import type { RolloutPart } from '../../harness/config/rollout.ts';

export const buildCriteria: RolloutPart<'criteria'> = [
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
];
