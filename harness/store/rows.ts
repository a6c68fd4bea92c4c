/** Runs, criteria and decisions as rows of tables, and back. */

import type { Outcome, Severity, Verdict } from '../model/outcome.ts';
import type { Comparison, Unit } from '../model/units.ts';
import type { AcceptedBaseline, BaselineDecision, StoredCriterion, StoredRun } from './run-store.ts';
import type { Row, Value } from './sql.ts';

type RunHead = Omit<StoredRun, 'criteria'>;

const runFields: { readonly [column: string]: keyof RunHead } = {
  id: 'id',
  rollout: 'rollout',
  profile: 'profile',
  started_at: 'startedAt',
  finished_at: 'finishedAt',
  target: 'target',
  environment: 'environment',
  release: 'release',
  machine_class: 'machineClass',
  os: 'os',
  node: 'node',
  browser: 'browser',
  tool_version: 'toolVersion',
  tool_commit: 'toolCommit',
  config_hash: 'configHash',
  verdict: 'verdict',
  interrupted: 'interrupted',
  gate_sha256: 'gateSha256',
};

export const runColumns: readonly string[] = Object.keys(runFields);

export function runValues(run: RunHead): Value[] {
  return Object.values(runFields).map((field) => run[field]);
}

export function readRun(row: Row): RunHead {
  return {
    id: textOf(row, 'id'),
    rollout: textOf(row, 'rollout'),
    profile: textOf(row, 'profile'),
    startedAt: textOf(row, 'started_at'),
    finishedAt: textOf(row, 'finished_at'),
    target: textOf(row, 'target'),
    environment: textOf(row, 'environment'),
    release: textOf(row, 'release'),
    machineClass: textOf(row, 'machine_class'),
    os: textOf(row, 'os'),
    node: textOf(row, 'node'),
    browser: textOf(row, 'browser'),
    toolVersion: textOf(row, 'tool_version'),
    toolCommit: textOf(row, 'tool_commit'),
    configHash: textOf(row, 'config_hash'),
    verdict: textOf(row, 'verdict') as Verdict,
    interrupted: row['interrupted'] === null ? null : textOf(row, 'interrupted'),
    gateSha256: textOf(row, 'gate_sha256'),
  };
}

export const criterionColumns: readonly string[] = [
  'run_id',
  'position',
  'criterion',
  'severity',
  'waived',
  'outcome',
  'reason',
  'statistic',
  'value',
  'unit',
  'lower_end',
  'upper_end',
  'samples',
  'limit_op',
  'limit_value',
  'limit_unit',
  'in_browser',
];

/** In the order of the columns. */
export function criterionValues(
  of: StoredCriterion,
  { runId, position }: { readonly runId: string; readonly position: number },
): Value[] {
  const { criterion, severity, outcome, reason, statistic, value, unit, lower, upper, samples, limit } = of;
  return [
    runId,
    position,
    criterion,
    severity,
    Number(of.waived),
    outcome,
    reason,
    statistic,
    value,
    unit,
    lower,
    upper,
    samples,
    limit.op,
    limit.value,
    limit.unit,
    Number(of.inBrowser),
  ];
}

export function readCriterion(row: Row): StoredCriterion {
  return {
    criterion: textOf(row, 'criterion'),
    severity: textOf(row, 'severity') as Severity,
    waived: row['waived'] === 1,
    outcome: textOf(row, 'outcome') as Outcome,
    reason: textOf(row, 'reason'),
    statistic: row['statistic'] === null ? null : textOf(row, 'statistic'),
    value: numberOrNull(row, 'value'),
    unit: textOf(row, 'unit') as Unit,
    lower: numberOrNull(row, 'lower_end'),
    upper: numberOrNull(row, 'upper_end'),
    samples: Number(row['samples']),
    limit: {
      op: textOf(row, 'limit_op') as Comparison,
      value: Number(row['limit_value']),
      unit: textOf(row, 'limit_unit') as Unit,
    },
    inBrowser: row['in_browser'] === 1,
  };
}

/** Id, time, the decision alone, and the whole of it where something was accepted. */
export function decisionRow(decision: BaselineDecision | AcceptedBaseline): Value[] {
  const { id, what, kind, run, at, by, why } = decision;
  const alone: BaselineDecision = { id, what, kind, run, at, by, why };
  return [id, at, JSON.stringify(alone), 'measurements' in decision ? JSON.stringify(decision) : null];
}

function textOf(row: Row, column: string): string {
  return String(row[column]);
}

function numberOrNull(row: Row, column: string): number | null {
  return row[column] === null ? null : Number(row[column]);
}
