/**
 * How long the page of a large run takes, and how large it is: 200,000 samples of load and 2,000 of a browser, beside the
 * findings of a whole rollout. Prints, asserts nothing; the aim is 2 s and 1.5 MB.
 */
import { build, encodeIntoCompressedBase64 } from 'hdr-histogram-js';
import { median } from '../harness/lib/percentile.ts';
import type { Distribution, Evidence, Measurement } from '../harness/model/evidence.ts';
import {
  fixtureEvidence,
  fixtureLoadFacts,
  fixtureRatio,
  fixtureTimings,
} from '../harness/report/fixtures/evidence.fixture.ts';
import { goReport } from '../harness/report/fixtures/gate-reports.fixture.ts';
import { renderHtml } from '../harness/report/render-html.ts';
import { renderSamplesCsv } from '../harness/report/render-samples-csv.ts';
import { print } from './print-results.ts';
import { randomFrom } from './random.ts';

const loadSeconds = 2000;
const ratePerSecond = 100;
const browserSamples = 2000;
const times = 5;
const timed = ['cold-start.diff-visible', 'scope-switch.visible', 'large-diff.file-visible'] as const;
const evidence = largeEvidence();

const results = [
  measured('gate.html', (evidence) => renderHtml(goReport.report, { evidence })),
  measured('samples.csv', renderSamplesCsv),
];
print(
  'The report of a large run',
  [
    `${loadSeconds * ratePerSecond} samples of load, ${browserSamples} of a browser; the median of ${times} times, and the longest`,
    ...results.map(
      ({ name, tookMs, sizeBytes }) =>
        `${name.padEnd(14)} ${median(tookMs).toFixed(0).padStart(5)} ms ${Math.max(...tookMs)
          .toFixed(0)
          .padStart(6)} ms ${(sizeBytes / 1e6).toFixed(2).padStart(6)} MB`,
    ),
    'aim for gate.html: under 2000 ms and 1.5 MB',
  ].join('\n'),
  { results },
);

/** Renders a fresh copy of the evidence each time, so that no cache helps. */
function measured(name: string, render: (evidence: readonly Evidence[]) => string) {
  const tookMs: number[] = [];
  let sizeBytes = 0;
  for (let run = 0; run < times; run += 1) {
    const fresh = structuredClone(evidence);
    const startMs = performance.now();
    sizeBytes = Buffer.byteLength(render(fresh));
    tookMs.push(performance.now() - startMs);
  }
  return { name, tookMs, sizeBytes };
}

function largeEvidence(): readonly Evidence[] {
  const timings = timed.map((sli, index) =>
    fixtureTimings({ sli, medianMs: 120 + 80 * index, spread: 0.2, count: Math.ceil(browserSamples / timed.length) }),
  );
  const requests = loadSeconds * ratePerSecond;
  const load: readonly Measurement[] = [
    largeDistribution(),
    fixtureRatio('diff.error-rate', [120, requests], 'failed answers'),
    fixtureRatio('diff.cache-hit-rate', [Math.round(requests * 0.7), requests], 'hits'),
  ];
  return [fixtureEvidence('browser', timings), fixtureEvidence('load', load, fixtureLoadFacts(loadSeconds))];
}

function largeDistribution(): Distribution {
  const random = randomFrom(20_261_128);
  const total = newHistogram();
  const slices = Array.from({ length: loadSeconds }, (_, second) => {
    const slice = newHistogram();
    for (let index = 0; index < ratePerSecond; index += 1)
      slice.recordValue(Math.round(40_000 - 60_000 * Math.log(1 - random())));
    total.add(slice);
    return { second, histogram: encodeIntoCompressedBase64(slice), count: slice.totalCount };
  });
  return {
    kind: 'distribution',
    sli: 'diff.latency-p95',
    unit: 'ms',
    how: 'made up',
    uncertaintyMs: 1,
    histogram: encodeIntoCompressedBase64(total),
    count: total.totalCount,
    timeouts: 0,
    slices,
  };
}

function newHistogram() {
  return build({ lowestDiscernibleValue: 1, highestTrackableValue: 60_000_000, numberOfSignificantValueDigits: 3 });
}
