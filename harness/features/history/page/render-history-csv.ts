/** Histories as comma-separated values (RFC 4180), a row for each value: for spreadsheets, pandas, R, Otava. */

import { renderCsv } from '../../../report/csv.ts';
import type { CriterionHistory, History, Series } from '../model.ts';

const columns = [
  'started_at',
  'run',
  'release',
  'criterion',
  'target',
  'environment',
  'profile',
  'machine_class',
  'browser',
  'rampgate_major',
  /** The same for values that may be compared; counted from 1 within a criterion, a target and a profile. */
  'series',
  'statistic',
  'unit',
  'value',
  'lower',
  'upper',
  'samples',
  'outcome',
  'reason',
  'verdict',
  'change',
] as const;

type Row = { readonly [column in (typeof columns)[number]]?: string | number | null };

/**
 * Oldest first within a series; ratios are 0 to 1. A run without a value has a row with its reason, and no series. `change`
 * is the size of a change that begins with this run, in the unit of the value.
 */
export function renderHistoryCsv({ criteria }: History): string {
  const rows = criteria.flatMap((one) => [
    ...one.series.flatMap((series, index) => seriesRows(one, { ...series, number: index + 1 })),
    ...one.silent.map((run) => ({ ...placeOf(one), ...run, started_at: run.startedAt })),
  ]);
  return renderCsv(columns, rows);
}

function placeOf({ criterion, target, environment, profile }: CriterionHistory): Row {
  return { criterion, target, environment, profile };
}

function seriesRows(history: CriterionHistory, series: Series & { readonly number: number }): Row[] {
  const { machineClass, browser, toolMajor, statistic, unit, number, points, changes } = series;
  const key = { machine_class: machineClass, browser, rampgate_major: toolMajor, series: number, statistic, unit };
  return points.map((point) => {
    const change = changes?.find(({ first }) => first === point);
    return {
      ...placeOf(history),
      ...key,
      started_at: point.startedAt,
      run: point.run,
      release: point.release,
      value: point.value,
      lower: point.lower,
      upper: point.upper,
      samples: point.samples,
      outcome: point.outcome,
      verdict: point.verdict,
      change: change === undefined ? null : change.after - change.before,
    };
  });
}
