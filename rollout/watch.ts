/** The hours after a deploy: `npx rampgate watch`. Limits and alert limits are those of the criteria. */
import type { RolloutPart } from '../harness/config/rollout.ts';

export const watch: RolloutPart<'watch'> = {
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
};
