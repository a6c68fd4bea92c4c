/** Executes a rollback plan, step by step, and stops at the first step that fails or is not verified. */

import { defined } from '../../lib/defined.ts';
import { messageOf } from '../../lib/message-of.ts';
import type { Progress } from '../../lib/progress.ts';
import type { Redactor } from '../../lib/redact.ts';
import type { Shell } from '../../lib/shell.ts';
import type { RollbackStep, RollbackStepPolicy } from '../../model/rollback.ts';
import { staleInCacheStorage } from '../../sources/browser/stale-in-cache-storage.ts';
import { endInWords } from '../../sources/commands/describe-exit.ts';
import { runCommand } from '../../sources/commands/run-command.ts';
import type { LoggedStep, RollbackLog } from './log.ts';
import { type Proving, proveStep } from './prove-step.ts';
import type { RollbackFolder } from './rollback-folder.ts';
import { settle } from './settle.ts';

/** A step with everything that its execution needs. */
export interface Execution {
  readonly step: RollbackStep;
  /** With its placeholders filled. */
  readonly policy: Pick<RollbackStepPolicy, 'env' | 'timeoutMs' | 'settles'>;
  /** The page whose Cache Storage is looked at, and the browser for it; null: none is. */
  readonly cacheStorage: { readonly url: string; readonly browserPath: string } | null;
  readonly proving: Proving | null;
  /** Its state in the last earlier execution for the same run; null: there was none. */
  readonly before: LoggedStep | null;
}

/** Whether a step may run. */
export type Confirmation = { readonly say: 'yes' } | { readonly say: 'skip' | 'stop'; readonly because: string };

export interface ExecuteOptions {
  readonly folder: RollbackFolder;
  /** Asked before each step. */
  readonly confirm: (execution: Execution, number: number) => Promise<Confirmation>;
  readonly shell: Shell;
  readonly redactor: Redactor;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

type Begun = Omit<RollbackLog, 'schemaVersion' | 'finishedAt' | 'outcome' | 'because' | 'steps'>;

/** Resolves to the log, which is on disk after every change. Never throws for what a step does. */
export async function executePlan(
  begun: Begun,
  all: readonly Execution[],
  options: ExecuteOptions,
): Promise<RollbackLog> {
  const { folder, shell, signal, redactor } = options;
  const steps: LoggedStep[] = all.map(({ step }) => ({
    ...factsOf(step),
    state: 'not-run',
    because: 'it was not come to',
  }));
  const save = (ending: Pick<RollbackLog, 'outcome' | 'because'>): RollbackLog => {
    const log = redactor.deep({ schemaVersion: 1 as const, ...begun, finishedAt: now(shell), ...ending, steps });
    folder.saveLog(log);
    return log;
  };
  const running = { outcome: 'running', because: 'It is under way, or was ended in its middle.' } as const;
  save(running);
  for (const [index, execution] of all.entries()) {
    const keep = (step: LoggedStep): void => {
      steps[index] = step;
      save(running);
    };
    const done = await carryOut(execution, index + 1, { ...options, keep });
    keep(done);
    if (signal.aborted) return save({ outcome: 'interrupted', because: `Somebody interrupted it at "${done.title}".` });
    if (done.state === 'declined') return save({ outcome: 'left', because: `"${done.title}": ${done.because}.` });
    if (done.state === 'failed' || done.state === 'not-verified') {
      return save({ outcome: 'stopped', because: `"${done.title}": ${done.because}.` });
    }
  }
  const skipped = steps.filter(({ state, role }) => state === 'skipped' && role !== 'look').length;
  return skipped > 0
    ? save({ outcome: 'left', because: `${skipped} of ${steps.length} steps were skipped.` })
    : save({ outcome: 'done', because: 'Every step was carried out and seen to have worked.' });
}

interface Carrying extends ExecuteOptions {
  readonly keep: (step: LoggedStep) => void;
}

async function carryOut(execution: Execution, number: number, options: Carrying): Promise<LoggedStep> {
  const { step, before } = execution;
  const { shell, keep } = options;
  if (before?.state === 'verified') {
    return { ...factsOf(step), state: 'done-before', because: `it was done and verified at ${before.finishedAt}` };
  }
  const answer = await options.confirm(execution, number);
  if (answer.say !== 'yes') {
    return { ...factsOf(step), state: answer.say === 'skip' ? 'skipped' : 'declined', because: answer.because };
  }
  const begun = { ...factsOf(step), startedAt: now(shell) };
  keep({ ...begun, state: 'running', because: 'it is under way, or was ended in its middle' });
  const ran = await runStep(execution, number, options);
  if (ran.failed || step.role === 'look') {
    const { failed, ...facts } = ran;
    return { ...begun, ...facts, state: failed ? 'failed' : 'looked', finishedAt: now(shell) };
  }
  const { failed: _, ...facts } = ran;
  return { ...begun, ...facts, ...(await verify(execution, number, options)), finishedAt: now(shell) };
}

type Ran = Pick<LoggedStep, 'because' | 'output'> & { readonly failed: boolean };

/** A step without a command is done by a person, who has confirmed it. */
async function runStep({ step, policy }: Execution, number: number, options: ExecuteOptions): Promise<Ran> {
  const { shell, folder, redactor, signal } = options;
  if (step.command === undefined) return { failed: false, because: 'a person did it' };
  const finished = await runCommand(
    { title: step.title, run: step.command, in: '.', env: policy.env, timeoutMs: policy.timeoutMs },
    { cwd: shell.cwd, env: shell.env, redactor, signal, onLine: (line) => shell.err(`     | ${line}\n`) },
  );
  const end = endInWords(finished);
  const output = folder.saveOutput(number, redactor.text(`$ ${step.command}\n# ${end}\n`) + `${finished.output}\n`);
  if (finished.end.kind === 'exited' && finished.end.code === 0) return { failed: false, because: end, output };
  const inPart = finished.end.kind === 'cannot-run' ? '' : '; it may have acted in part';
  const said = finished.tellingLine === '' ? '' : `: ${finished.tellingLine}`;
  return { failed: true, because: `${end}${said}${inPart}`, output };
}

/** An exit code of 0 is only the command's own claim: waits for the effect, then measures. */
async function verify(
  { policy, cacheStorage, proving }: Execution,
  number: number,
  { folder, shell, signal, progress }: ExecuteOptions,
): Promise<Pick<LoggedStep, 'state' | 'because' | 'settled' | 'proof'>> {
  const settled = await progress('Wait until it shows', () => settle(policy.settles, { shell, signal }));
  if (!settled.ok) return { state: 'not-verified', because: settled.message, settled };
  const look =
    cacheStorage === null ? null : await progress('Look at the Cache Storage', () => lookAt(cacheStorage, shell));
  if (look?.ok === false) return { state: 'not-verified', because: look.message, settled };
  const seen = look === null ? settled.message : `${settled.message}; ${look.message}`;
  if (proving === null) return { state: 'verified', because: seen, settled };
  const runs = { log: folder.path, runs: `${folder.path}/proof-${number}` };
  const proof = await proveStep(proving, { folder: runs, shell, signal, progress });
  if (proof.verdict === 'go') {
    const held = proof.findings.map(({ criterion }) => criterion).join(', ');
    return { state: 'verified', because: `${seen}; measured since, and kept: ${held}`, settled, proof };
  }
  const open = proof.findings.filter(({ outcome }) => outcome !== 'pass');
  const because = open
    .map(({ criterion, outcome, message }) => `${criterion} is ${worded[outcome]}: ${message}`)
    .join('; ');
  return { state: 'not-verified', because: because.replace(/\.$/, ''), settled, proof };
}

async function lookAt(
  { url, browserPath }: NonNullable<Execution['cacheStorage']>,
  shell: Shell,
): Promise<{ readonly ok: boolean; readonly message: string }> {
  try {
    const { kept, stale } = await staleInCacheStorage(url, { browserPath, shell });
    if (stale.length > 0)
      return { ok: false, message: `Cache Storage keeps what is not served any more: ${stale.slice(0, 3).join(', ')}` };
    return {
      ok: true,
      message: `Cache Storage keeps ${kept === 0 ? 'nothing' : `${kept} answers, all of them as they are served`}`,
    };
  } catch (error) {
    const [why] = messageOf(error).split('\n');
    return { ok: false, message: `the Cache Storage of ${url} could not be looked at: ${why}` };
  }
}

const worded = { pass: 'kept', inconclusive: 'not decided', fail: 'violated' } as const;

function factsOf({
  title,
  layer,
  role,
  command,
  reversible,
}: RollbackStep): Pick<LoggedStep, 'title' | 'layer' | 'role' | 'command' | 'reversible'> {
  return {
    title,
    layer,
    ...defined({ role, command, reversible }),
  };
}

function now(shell: Shell): string {
  return shell.now().toISOString();
}
