/** The logs that the checklist names, and the patterns counted in them. The demo announces its own logs. */
import type { RolloutPart } from '../harness/config/rollout.ts';

export const logs: RolloutPart<'logs'> = {
  api: {
    source: { files: ['/var/log/skillmeat/api.log*'] },
    patterns: {
      timeouts: 'timeout|upstream.*error',
      'cache-invalidated': 'cache_invalidated.*diff',
      // The first wording is the demo's, about diffs; the second the real application's, about what it fetched from upstream.
      'cache-hits': 'Diff cache hit for|Upstream cache hit:',
      'cache-misses': 'Diff computed for [^ ]+ [a-z]+-vs-|Fetching upstream ',
    },
    rates: { 'cache-hit-rate': { of: 'cache-hits', against: 'cache-misses' } },
    // Both servers log requests: this one must be found in the log in which patterns are counted.
    control: { url: '{api}/projects?marker={marker}' },
  },
  frontend: {
    source: { files: ['/var/log/skillmeat/frontend.log*'] },
    patterns: { 'lazy-loaded': '(?i)perf:diff.*lazy-loaded' },
    control: { url: '{web}/?marker={marker}' },
  },
};
