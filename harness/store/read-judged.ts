/** What a saved gate or watch came to, as far as a way back needs it. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { messageOf } from '../lib/message-of.ts';
import { mistakes } from '../lib/mistakes.ts';
import { parseSaved } from '../lib/parse-saved.ts';
import type { Finding } from '../model/finding.ts';
import type { Verdict } from '../model/outcome.ts';
import type { TargetIdentity } from '../model/run.ts';
import type { Instant } from '../model/units.ts';

export interface Judged {
  /** Of the run or the watch. */
  readonly id: string;
  readonly folder: string;
  readonly startedAt: Instant;
  readonly target: TargetIdentity;
  readonly verdict: Verdict;
  readonly findings: readonly Pick<Finding, 'criterion' | 'scope' | 'severity' | 'outcome'>[];
}

const scope = z.enum(['frontend', 'backend', 'frontend+backend', 'either']);
const watch = z.object({
  watch: z.object({
    id: z.string(),
    startedAt: z.string(),
    target: z.object({ name: z.string(), web: z.string(), api: z.string(), release: z.string() }),
  }),
  alerts: z.array(z.object({ id: z.string(), scope })),
  findings: z.array(z.object({ criterion: z.string(), scope })),
  rollback: z.object({ because: z.array(z.string()) }),
});

/** Null where the folder holds no watch. A watch is no-go where something led it to a way back. Throws an OperatorMistake. */
export function readJudgedWatch(folder: string): Judged | null {
  const file = join(folder, 'watch.json');
  if (!existsSync(file)) return null;
  const saved = parsed(file);
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

function parsed(file: string): z.output<typeof watch> {
  try {
    return watch.parse(parseSaved(readFileSync(file, 'utf8')));
  } catch (error) {
    throw mistakes.runUnreadable(file, messageOf(error));
  }
}
