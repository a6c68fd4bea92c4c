/** What was measured, as comma-separated values: for spreadsheets, pandas, R. */
import { decodeFromCompressedBase64 } from 'hdr-histogram-js';
import type { Distribution, Evidence, Measurement, Ratio, Timings } from '../model/evidence.ts';
import { renderCsv } from './csv.ts';
import { oneLine } from './plain-text.ts';

const columns = [
  'probe',
  'sli',
  'kind',
  'group',
  /** When the sample was taken; of a load, the second since it began. */
  'at',
  'second',
  'unit',
  /** A single timing; of a count, how many. */
  'value',
  /** What `value` is of, or how many answers the percentiles of a second are from. */
  'count',
  'p50',
  'p95',
  'p99',
  'max',
  'note',
] as const;

type Row = { readonly [column in (typeof columns)[number]]?: string | number | null };

/**
 * A row for each timing and for each lost one, for each second of a load, and for each check, count and part. A load keeps
 * its latencies in histograms, so a row has the percentiles of its second and not single latencies. Times are ms.
 */
export function renderSamplesCsv(evidence: readonly Evidence[]): string {
  return renderCsv(columns, evidence.flatMap(probeRows));
}

function probeRows(evidence: Evidence): readonly Row[] {
  const { probe } = evidence;
  if (evidence.status === 'unavailable') {
    return evidence.qualityIssues.map(({ code, message }) => ({
      probe,
      kind: 'unavailable',
      note: `${code}: ${oneLine(message)}`,
    }));
  }
  return evidence.measurements.flatMap((measurement) => {
    const { sli, kind, unit } = measurement;
    return rowsOf(measurement).map((row) => ({ probe, sli, kind, unit, ...row }));
  });
}

function rowsOf(measurement: Measurement): readonly Row[] {
  switch (measurement.kind) {
    case 'timings':
      return timingRows(measurement);
    case 'distribution':
      return secondRows(measurement);
    case 'ratio':
      return ratioRows(measurement);
    case 'occurrences':
      return [{ value: measurement.count, count: measurement.exposures, note: measurement.exposedTo }];
    case 'checks':
      return measurement.checks.map(({ name, ok, expected, actual }) => ({
        group: oneLine(name),
        value: ok ? 1 : 0,
        count: 1,
        note: ok ? 'holds' : oneLine(`expected ${expected}, was ${actual}`),
      }));
    case 'growth':
      return measurement.parts.map(({ name, before, after }) => ({
        group: oneLine(name),
        value: after?.[measurement.judged] ?? 0,
        note: `${measurement.judged}, before ${before?.[measurement.judged] ?? 0}`,
      }));
  }
}

function timingRows({ samples, losses }: Timings): readonly Row[] {
  return [
    ...samples.map(({ group, at, valueMs, suspect }) => ({
      group: oneLine(group ?? ''),
      at,
      value: valueMs,
      note: oneLine(suspect ?? ''),
    })),
    ...losses.map(({ group, at, reason, waitedMs }) => ({
      group: oneLine(group ?? ''),
      at,
      note: `no sample: ${reason} after ${waitedMs} ms`,
    })),
  ];
}

function secondRows({ slices }: Distribution): readonly Row[] {
  return slices.map(({ second, histogram, count }) => ({ second, count, ...percentilesOf(histogram) }));
}

function ratioRows({ slices, numerator, denominator, of }: Ratio): readonly Row[] {
  const note = `${of.numerator} of ${of.denominator}`;
  if (slices === undefined) return [{ value: numerator, count: denominator, note }];
  return slices.map((slice) => ({ second: slice.second, value: slice.numerator, count: slice.denominator, note }));
}

/** Histograms count microseconds. One that cannot be read leaves its cells empty, and says so. */
function percentilesOf(base64: string): Row {
  try {
    const histogram = decodeFromCompressedBase64(base64);
    const at = (percentile: number) => histogram.getValueAtPercentile(percentile) / 1000;
    return { p50: at(50), p95: at(95), p99: at(99), max: histogram.maxValue / 1000 };
  } catch {
    return { note: 'its histogram cannot be read' };
  }
}
