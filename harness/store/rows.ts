/** Runs, criteria and decisions as rows of tables, and back. */

import type { z } from 'zod';
import { outcomeSchema, severitySchema, verdictSchema } from '../model/outcome.ts';
import { comparisonSchema, unitSchema } from '../model/units.ts';
import type { AcceptedBaseline, BaselineDecision } from './decision.ts';
import { StoreUnavailable } from './run-store.ts';
import type { Row, Value } from './sql.ts';
import type { RunHead, StoredCriterion } from './stored-run.ts';

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
    verdict: wordOf(row, 'verdict', verdictSchema),
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
    severity: wordOf(row, 'severity', severitySchema),
    waived: row['waived'] === 1,
    outcome: wordOf(row, 'outcome', outcomeSchema),
    reason: textOf(row, 'reason'),
    statistic: row['statistic'] === null ? null : textOf(row, 'statistic'),
    value: numberOrNull(row, 'value'),
    unit: wordOf(row, 'unit', unitSchema),
    lower: numberOrNull(row, 'lower_end'),
    upper: numberOrNull(row, 'upper_end'),
    samples: Number(row['samples']),
    limit: {
      op: wordOf(row, 'limit_op', comparisonSchema),
      value: Number(row['limit_value']),
      unit: wordOf(row, 'limit_unit', unitSchema),
    },
    inBrowser: row['in_browser'] === 1,
  };
}

/** Id, time, the decision without what is compared, and all of it where a run was accepted. */
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

/** One of the schema's words. Throws a StoreUnavailable for another: a newer Rampgate, or somebody else, wrote it. */
function wordOf<T>(row: Row, column: string, schema: z.ZodType<T>): T {
  const word = schema.safeParse(row[column]);
  if (word.success) return word.data;
  throw new StoreUnavailable(`a run has the ${column} "${textOf(row, column)}", which this Rampgate does not know`);
}
