/** Runs a checklist, item by item. Every answer is saved at once, so that Ctrl-C loses none. */
import { resolve } from 'node:path';
import { actorOf } from '../../lib/actor.ts';
import { userName } from '../../lib/environment.ts';
import { exitCodes } from '../../lib/exit-codes.ts';
import { interruptible } from '../../lib/interruptible.ts';
import { redactorFor } from '../../lib/redact.ts';
import { type Shell, shortestPath } from '../../lib/shell.ts';
import type { ChecklistItem, ChecklistPolicy } from '../../model/checklist-policy.ts';
import type { ChecklistRun } from '../../model/checklist-run.ts';
import { newestChecklistRuns, saveChecklistRun } from '../../store/checklist-runs.ts';
import { openRunFolder } from '../../store/run-folder.ts';
import { isDone, resultOf, withAnswer } from './answers.ts';
import { type DoOptions, doItem } from './run-item.ts';
import { answerLines, checklistMarkdown, headLines, itemLines, resultLines } from './wording.ts';

export interface ChecklistRunOptions {
  readonly reports: string;
  readonly config: string;
  /** Start over, instead of continuing an unfinished run. */
  readonly isNew: boolean;
  /** The command that continues this run. */
  readonly again: string;
}

/** Resolves to the exit code: 0 all done, 1 something failed, 2 something is not done, 130 interrupted. */
export async function runChecklist(
  policy: ChecklistPolicy,
  options: ChecklistRunOptions,
  shell: Shell,
): Promise<number> {
  const { reports } = options;
  const begun = options.isNew
    ? undefined
    : newestChecklistRuns(reports, policy.target).find(({ list }) => list === policy.list);
  let run: ChecklistRun = begun?.finishedAt === null ? begun : startChecklistRun(policy, shell);
  const redactor = redactorFor(shell.env);
  const interruption = interruptible(shell);
  let folder: string | null = null;
  const doing: Omit<DoOptions, 'run'> = {
    reports,
    common: ['--target', policy.target, '--config', options.config, '--out', reports],
    runFolder: () => {
      folder ??= openRunFolder(reports, { profile: `checklist-${policy.list}`, now: shell.now() }).path;
      return folder;
    },
    shell,
    redactor,
    signal: interruption.signal,
  };
  try {
    shell.out(headLines(policy, { begun: begun === run ? begun : null, width: shell.terminal.width }));
    for (const [index, item] of policy.items.entries()) {
      if (interruption.signal.aborted) break;
      shell.out(itemLines(item, { number: index + 1, of: policy.items.length }));
      const found = isDone(run, { items: [item] }) ? [] : await doItem(item, { ...doing, run });
      if (found === 'quit') break;
      for (const one of found) {
        const by = actorOf({ USERNAME: userName(), ...shell.env });
        run = withAnswer(run, redactor.deep({ ...one, by, at: shell.now().toISOString() }));
      }
      saveChecklistRun(reports, run, checklistMarkdown(run, policy));
      shell.out(answerLines(run, item, shell.terminal));
    }
    return finish(run, policy, { reports, again: options.again, shell, isInterrupted: interruption.signal.aborted });
  } finally {
    interruption.release();
  }
}

function startChecklistRun({ list, title, target }: ChecklistPolicy, shell: Shell): ChecklistRun {
  const startedAt = shell.now().toISOString();
  const id = `${startedAt.replaceAll(/[-:.]/g, '')}-${list}-${target}`;
  return { schemaVersion: 1, id, list, title, target, startedAt, finishedAt: null, answers: [] };
}

function finish(
  run: ChecklistRun,
  policy: ChecklistPolicy,
  {
    reports,
    again,
    shell,
    isInterrupted,
  }: { readonly reports: string; readonly again: string; readonly shell: Shell; readonly isInterrupted: boolean },
): number {
  const result = resultOf(run, policy);
  const isFinished = result.verdict === 'go';
  const finished = isFinished ? { ...run, finishedAt: shell.now().toISOString() } : run;
  saveChecklistRun(reports, finished, checklistMarkdown(finished, policy));
  const file = shortestPath(resolve(reports, 'checklists', `${run.id}.md`), shell);
  shell.out(`${resultLines(result, { width: shell.terminal.width, again })}\nAnswers: ${file}\n`);
  return isInterrupted ? exitCodes.interrupted : exitCodes[result.verdict];
}

/** Lists what would be done, and does nothing. */
export function showChecklistRun(
  policy: ChecklistPolicy,
  describe: (item: Extract<ChecklistItem, { kind: 'commands' }>) => string,
): string {
  const items = policy.items.map((item, index) => {
    const line = itemLines(item, { number: index + 1, of: policy.items.length });
    if (item.kind === 'commands') return line + describe(item);
    if (item.kind === 'rampgate') return `${line}  $ rampgate ${item.args.join(' ')} --target ${policy.target}\n`;
    if (item.kind === 'walked') return `${line}  looks up the last run of ${item.list}\n`;
    return `${line}  asks: ${item.question}\n`;
  });
  return `${policy.title} (${policy.list}, for ${policy.target}); nothing is run or asked:\n\n${items.join('')}`;
}
