/** The rollback preflight: checks that the steps can be carried out, by commands that change nothing. */

import { definitionOf } from '../../judgement/rollback/preflight.ts';
import { valuesFor } from '../../judgement/rollback/step-for.ts';
import { defined } from '../../lib/defined.ts';
import type { Redactor } from '../../lib/redact.ts';
import type { Shell } from '../../lib/shell.ts';
import { fillCommand, fillText, missingIn, type Values } from '../../lib/template.ts';
import type { Preflight, PreflightStep, RollbackPolicy, RollbackStepPolicy } from '../../model/rollback.ts';
import type { TargetIdentity } from '../../model/run.ts';
import { endInWords } from '../../sources/commands/describe-exit.ts';
import { findTools } from '../../sources/commands/find-tools.ts';
import { runCommand } from '../../sources/commands/run-command.ts';

export interface CheckOptions {
  readonly policy: RollbackPolicy;
  readonly targetName: string;
  /** Null: its addresses are unknown. */
  readonly target: TargetIdentity | null;
  readonly shell: Shell;
  readonly redactor: Redactor;
  readonly signal: AbortSignal;
  readonly onProgress: (text: string) => void;
}

/** A dry run that takes longer cannot be relied on in an emergency. */
const CHECK_TIMEOUT_MS = 30_000;

/** How much of a command's output is quoted; run it by hand to see all. */
const LONGEST_LINE = 200;

/** Looks at every step that has a command, one after the other. Never throws for what it finds. */
export async function runPreflight(options: CheckOptions): Promise<Preflight> {
  const { policy, target, targetName, shell, redactor } = options;
  const values = valuesFor({ policy, ...defined({ target: target ?? undefined }) });
  const steps: PreflightStep[] = [];
  for (const step of policy.steps) {
    if (step.command === undefined) continue;
    options.onProgress(step.title);
    const why = whyNot(step, values, shell) ?? (await whyCheckFails(step, values, options));
    const because = why ?? `${step.checks.length} of ${step.checks.length} checks`;
    steps.push({ title: step.title, definition: definitionOf(step, policy.values), armed: why === null, because });
  }
  return redactor.deep({ at: shell.now().toISOString(), target: targetName, steps });
}

/** What is known without running anything. */
function whyNot(step: RollbackStepPolicy, values: Values, { cwd, env }: Shell): string | null {
  const lines = [step.command ?? '', ...step.checks.map(({ command }) => command)];
  const missing = [...new Set(lines.flatMap((line) => missingIn(line, values)))];
  if (missing.length > 0) return `nobody said what ${missing.map((name) => `{${name}}`).join(' and ')} is`;
  const tools = lines.flatMap((run) => findTools({ run: fillCommand(run, values), folder: cwd }, env));
  const absent = [...new Set(tools.filter(({ path }) => path === null).map(({ name }) => name))];
  if (absent.length > 0) return `${absent.join(' and ')} ${absent.length === 1 ? 'is' : 'are'} not installed here`;
  return step.checks.length === 0 ? 'the configuration has no "checks" that would prove it' : null;
}

async function whyCheckFails(
  step: RollbackStepPolicy,
  values: Values,
  { shell, redactor, signal }: CheckOptions,
): Promise<string | null> {
  for (const { title, command } of step.checks) {
    const finished = await runCommand(
      { title, run: fillCommand(command, values), in: '.', env: step.env, timeoutMs: CHECK_TIMEOUT_MS },
      { cwd: shell.cwd, env: shell.env, redactor, signal, onLine: () => undefined },
    );
    const { end, tellingLine } = finished;
    if (end.kind === 'exited' && end.code === 0) continue;
    return `not so: ${fillText(title, values)} (${endInWords(finished)}${said(tellingLine)})`;
  }
  return null;
}

function said(line: string): string {
  return line === '' ? '' : `: ${line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}…` : line}`;
}
