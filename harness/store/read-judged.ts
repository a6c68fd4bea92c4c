/** The outcome of a saved gate or watch, as far as a rollback needs it. */

import { join } from 'node:path';
import { z } from 'zod';
import type { Finding } from '../model/finding.ts';
import { scopeSchema, type Verdict } from '../model/outcome.ts';
import { type TargetIdentity, targetIdentitySchema } from '../model/run.ts';
import type { Instant } from '../model/units.ts';
import { readIfThere } from './saved-document.ts';

export interface Judged {
  /** Of the run or the watch. */
  readonly id: string;
  readonly folder: string;
  readonly startedAt: Instant;
  readonly target: TargetIdentity;
  readonly verdict: Verdict;
  readonly findings: readonly Pick<Finding, 'criterion' | 'scope' | 'severity' | 'outcome'>[];
}

const watchSchema = z.object({
  watch: z.object({
    id: z.string(),
    startedAt: z.string(),
    target: targetIdentitySchema,
  }),
  alerts: z.array(z.object({ id: z.string(), scope: scopeSchema })),
  findings: z.array(z.object({ criterion: z.string(), scope: scopeSchema })),
  rollback: z.object({ because: z.array(z.string()) }),
});

/** Null where the folder holds no watch. A watch is no-go where something led to a rollback. Throws an OperatorMistake. */
export function readJudgedWatch(folder: string): Judged | null {
  const saved = readIfThere(join(folder, 'watch.json'), watchSchema);
  if (saved === null) return null;
  const { id, startedAt, target } = saved.watch;
  const scopes = new Map([
    ...saved.findings.map((one) => [one.criterion, one.scope] as const),
    ...saved.alerts.map((one) => [one.id, one.scope] as const),
  ]);
  const findings = saved.rollback.because.map((criterion) => ({
    criterion,
    scope: scopes.get(criterion) ?? ('either' as const),
    severity: 'blocking' as const,
    outcome: 'fail' as const,
  }));
  return { id, folder, startedAt, target, verdict: findings.length === 0 ? 'go' : 'no-go', findings };
}
