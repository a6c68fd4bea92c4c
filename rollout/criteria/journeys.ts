/** What the journeys in a browser must show: times, counts and no errors. */
import type { RolloutPart } from '../../harness/config/rollout.ts';

export const journeyCriteria: RolloutPart<'criteria'> = [
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
];
