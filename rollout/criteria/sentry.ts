/** What Sentry must not have received. */
import type { RolloutPart } from '../../harness/config/rollout.ts';

export const sentryCriteria: RolloutPart<'criteria'> = [
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
];
