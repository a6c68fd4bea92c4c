import { expect, it } from 'vitest';
import { attachRecordings, type TracedVisit } from './attach-recordings.ts';

const visit = { path: '/run/evidence/a-trace-2.zip', why: 'a visit failed' };
const trace = { path: 'evidence/a-trace-2.zip', mediaType: 'application/zip' };
const har = { path: 'evidence/a-requests-2.har', mediaType: 'application/json' };

it.each<[string, TracedVisit['har'], readonly object[]]>([
  [
    'the trace alone where an older run made no HAR',
    undefined,
    [{ name: 'trace of one more visit (a visit failed)', ...trace }],
  ],
  [
    'the trace and the HAR',
    { path: '/run/evidence/a-requests-2.har', kept: 7, all: 7 },
    [
      { name: 'trace of one more visit (a visit failed)', ...trace },
      { name: 'HAR of one more visit (a visit failed)', ...har },
    ],
  ],
  [
    'how many requests are in a HAR that would have been too large',
    { path: '/run/evidence/a-requests-2.har', kept: 5000, all: 7000 },
    [
      { name: 'trace of one more visit (a visit failed)', ...trace },
      { name: 'HAR of one more visit (a visit failed; the first 5000 of 7000 requests)', ...har },
    ],
  ],
  [
    'why there is no HAR',
    { missing: 'it cannot be read' },
    [{ name: 'trace of one more visit (a visit failed), without a HAR: it cannot be read', ...trace }],
  ],
])('links %s', (_, recorded, links) => {
  const traced = recorded === undefined ? visit : { ...visit, har: recorded };
  expect(attachRecordings([traced], '/run')).toEqual(links);
});
