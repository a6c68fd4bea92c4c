/** Where the logs are that the checklist names, and what is counted in them. The demo announces where its own are. */
import type { RolloutPart } from '../harness/config/rollout.ts';

export const logs: RolloutPart<'logs'> = {
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
};
