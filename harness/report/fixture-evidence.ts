/** Evidence for the report's fixtures, drawn from a fixed pseudo-random sequence so that golden files stay equal. */
import { build, encodeIntoCompressedBase64 } from 'hdr-histogram-js';
import type {
  Check,
  CollectedEvidence,
  Distribution,
  Measurement,
  TimedRequest,
  TimingSample,
  Timings,
} from '../model.ts';

export interface TimingsShape {
  readonly sli: string;
  readonly medianMs: number;
  readonly spread: number;
  readonly count: number;
  /** Each group's median as a multiple of `medianMs`. */
  readonly groups?: { readonly [group: string]: number };
}

const startMs = Date.parse('2026-11-23T14:15:00.000Z');

/** Timings with a long right tail, as page measurements have. */
export function fixtureTimings({ sli, medianMs, spread, count, groups = {} }: TimingsShape): Timings {
  const next = randomSequence(sli.length * 7919 + count);
  const inTurn = Object.entries(groups);
  const samples = Array.from({ length: count }, (_, index): TimingSample => {
    const [group, multiple] = inTurn[index % Math.max(1, inTurn.length)] ?? [];
    const valueMs = rounded(medianMs * (multiple ?? 1) * Math.exp(spread * bellShaped(next)));
    return {
      valueMs,
      ...(group === undefined ? {} : { group }),
      at: at(index * 4),
      ...(index % 17 === 11 ? { suspect: 'a garbage collection of 31 ms lay within it' } : {}),
      ...(valueMs > medianMs * 1.2
        ? {
            longTasksMs: [rounded(50 + valueMs / 8), 61.5],
            longTasksAtMs: [rounded(valueMs * 0.36), rounded(valueMs * 0.84)],
          }
        : { longTasksMs: [] }),
      layoutShift: 0,
      requests: [
        request({
          url: '/api/v1/artifacts/a-17/diff?mode=summary',
          startMs: 18,
          endMs: valueMs * 0.6,
          sizeBytes: 5_312,
        }),
        request({ url: '/api/v1/artifacts/a-17/deployments', startMs: 22, endMs: valueMs * 0.45, sizeBytes: 1_804 }),
        request({
          url: '/api/v1/artifacts/a-17/files/src%2Fmain.py/diff',
          startMs: valueMs * 0.61,
          endMs: valueMs * 0.9,
          sizeBytes: 24_118,
        }),
      ],
    };
  });
  const how = 'From the click to the first frame that shows it, by the browser’s own clock; new context per visit.';
  return { kind: 'timings', sli, unit: 'ms', how, uncertaintyMs: 8.3, samples, losses: [] };
}

export interface LoadShape {
  readonly sli: string;
  readonly medianMs: number;
  /** How many times as long the answers take in the middle third. */
  readonly slowdown: number;
  readonly seconds?: number;
}

/** A load of 30 requests per second. */
export function fixtureDistribution({ sli, medianMs, slowdown, seconds = 60 }: LoadShape): Distribution {
  const next = randomSequence(4711);
  const total = newHistogram();
  const slices = Array.from({ length: seconds }, (_, second) => {
    const slice = newHistogram();
    const slow = second >= seconds / 3 && second < (2 * seconds) / 3 ? slowdown : 1;
    for (let index = 0; index < 30; index += 1) {
      slice.recordValue(Math.round(medianMs * slow * Math.exp(0.22 * bellShaped(next)) * 1000));
    }
    total.add(slice);
    return { second, histogram: encodeIntoCompressedBase64(slice), count: slice.totalCount };
  });
  const how = 'GET /diff?mode=summary at 30 requests per second, open load, counted from the intended start.';
  const histogram = encodeIntoCompressedBase64(total);
  return {
    kind: 'distribution',
    sli,
    unit: 'ms',
    how,
    uncertaintyMs: 1,
    histogram,
    count: total.totalCount,
    timeouts: 2,
    slices,
  };
}

/** What the load probe writes down of such a load, second by second: two errors in its middle and two time-outs after them. */
export function fixtureLoadFacts(seconds = 60): CollectedEvidence['facts'] {
  return {
    rate: { intended: 30, achieved: 29.8 },
    seconds: Array.from({ length: seconds }, (_, second) => ({
      second,
      requests: 30,
      failed: second === seconds / 2 ? 2 : second === seconds / 2 + 1 ? 2 : 0,
      timeouts: second === seconds / 2 + 1 ? 2 : 0,
      repeats: 30,
      hits: second === 0 ? 4 : 21 + (second % 3),
    })),
  };
}

export function fixtureRatio(
  sli: string,
  [numerator, denominator]: readonly [number, number],
  counted: string,
): Measurement {
  const how = 'Counted over the whole load; a time-out is a failed answer.';
  return {
    kind: 'ratio',
    sli,
    unit: 'ratio',
    how,
    numerator,
    denominator,
    of: { numerator: counted, denominator: 'requests' },
  };
}

export function fixtureOccurrences(sli: string, exposures: number, seen: readonly string[]): Measurement {
  const how = 'Watched during every visit, from navigation to the end of the scenario.';
  return { kind: 'occurrences', sli, unit: 'count', how, count: seen.length, exposures, exposedTo: 'visits', seen };
}

export function fixtureChecks(sli: string, checks: readonly Check[]): Measurement {
  return {
    kind: 'checks',
    sli,
    unit: 'count',
    how: 'Read from the page and compared with the answer of the API.',
    checks,
  };
}

export function fixtureEvidence(
  probe: string,
  measurements: readonly Measurement[],
  facts: CollectedEvidence['facts'] = {},
): CollectedEvidence {
  return {
    status: 'collected',
    probe,
    startedAt: at(0),
    finishedAt: at(248),
    measurements,
    facts,
    tools: probe === 'load' ? { autocannon: '9.0.0' } : { Chromium: '156.0.8078.79', Playwright: '1.65.1' },
    attachments: [
      { name: `log of ${probe}`, path: `evidence/${probe}.log`, mediaType: 'text/plain' },
      { name: `trace of ${probe}`, path: `evidence/${probe}-trace.zip`, mediaType: 'application/zip' },
    ],
    doubts: [],
  };
}

function request({ url, startMs: begunMs, endMs, sizeBytes }: Omit<TimedRequest, 'method'>): TimedRequest {
  const firstByteMs = rounded(begunMs + (endMs - begunMs) * 0.7);
  return { method: 'GET', url, startMs: rounded(begunMs), firstByteMs, endMs: rounded(endMs), sizeBytes };
}

function newHistogram() {
  return build({ lowestDiscernibleValue: 1, highestTrackableValue: 60_000_000, numberOfSignificantValueDigits: 3 });
}

function at(seconds: number): string {
  return new Date(startMs + seconds * 1000).toISOString();
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Sum of four uniforms, centred and scaled: near enough to a bell for pictures. */
function bellShaped(next: () => number): number {
  return (next() + next() + next() + next() - 2) * 1.7;
}

/** Park and Miller's minimal standard generator: 0 to 1. */
function randomSequence(seed: number): () => number {
  let state = (seed % 2_147_483_646) + 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
