/** Does one item of a checklist run: runs it, asks about it or looks it up → answers. */
import { extname, join } from 'node:path';
import { packageRoot } from '../../lib/package-root.ts';
import type { Redactor } from '../../lib/redact.ts';
import type { Shell } from '../../lib/shell.ts';
import { showProgress } from '../../lib/show-progress.ts';
import type { ChecklistItem } from '../../model/checklist-policy.ts';
import type { ChecklistAnswer, ChecklistRun } from '../../model/checklist-run.ts';
import type { Check } from '../../model/evidence.ts';
import { instantText } from '../../report/wording.ts';
import { collectCommands } from '../../sources/commands/collect-commands.ts';
import { commandLine } from '../../sources/commands/run-command.ts';
import { newestChecklistRuns } from '../../store/checklist-runs.ts';
import { readTyped } from './answers.ts';
import { outputExcerpt } from './output-excerpt.ts';
import { questionLines } from './wording.ts';

/** An answer without its author and time. */
export type UnsignedAnswer = Pick<ChecklistAnswer, 'item' | 'title' | 'outcome' | 'how' | 'note'>;

export interface DoOptions {
  readonly run: ChecklistRun;
  readonly reports: string;
  /** Where the output of commands goes. */
  readonly runFolder: () => string;
  /** Added to Rampgate's own arguments. */
  readonly common: readonly string[];
  readonly shell: Shell;
  readonly redactor: Redactor;
  readonly signal: AbortSignal;
}

/** `quit`: the person wants to continue later. */
export async function doItem(item: ChecklistItem, options: DoOptions): Promise<readonly UnsignedAnswer[] | 'quit'> {
  switch (item.kind) {
    case 'ask':
      return ask(item, options);
    case 'commands':
      return runCommands(item, options);
    case 'rampgate':
      return [await runRampgate(item, options)];
    case 'walked':
      return [lookUp(item, options)];
  }
}

type Of<Kind extends ChecklistItem['kind']> = Extract<ChecklistItem, { kind: Kind }>;

async function ask(
  { id, title, question }: Of<'ask'>,
  { shell }: DoOptions,
): Promise<readonly UnsignedAnswer[] | 'quit'> {
  const found = { item: id, title, how: 'asked' as const };
  if (shell.ask === null) return [{ ...found, outcome: 'not-done', note: 'nobody was there to answer' }];
  shell.err(questionLines(question, shell.terminal));
  for (;;) {
    const typed = readTyped(await shell.ask('  > '));
    if (typed.kind === 'quit') return 'quit';
    if (typed.kind === 'answer') return [{ ...found, outcome: typed.outcome, note: typed.note }];
    shell.err('  That is none of y, n, l and q.\n');
  }
}

/** Those that were done already are not run again. */
async function runCommands(
  { id, list, confirm }: Of<'commands'>,
  { run, runFolder, shell, redactor, signal }: DoOptions,
): Promise<readonly UnsignedAnswer[] | 'quit'> {
  const numbered = list.each.map((command, index) => ({ command, item: `${id}.${index + 1}` }));
  const open = numbered.filter(({ item }) => !run.answers.some((one) => one.item === item && one.outcome === 'done'));
  const typed = confirm
    ? await confirmed(
        open.map(({ command }) => redactor.text(commandLine(command))),
        shell,
      )
    : 'yes';
  if (typed === 'quit') return 'quit';
  if (typed !== 'yes') {
    return open.map(({ command: { title }, item }) => ({
      item,
      title,
      outcome: 'not-done',
      how: 'asked',
      note: typed,
    }));
  }
  const each = open.map(({ command }) => command);
  const evidence = redactor.deep(
    await showProgress(shell.terminal)(list.title, (onProgress) =>
      collectCommands({ ...list, each }, { runFolder: runFolder(), redactor, shell, signal, onProgress }),
    ),
  );
  const checks: readonly Check[] =
    evidence.status === 'collected'
      ? evidence.measurements.flatMap((one) => (one.kind === 'checks' ? one.checks : []))
      : [];
  return open.map(({ command: { title }, item }) => {
    const check = checks.find(({ name }) => name === title);
    const outcome = check === undefined ? 'not-done' : check.ok ? 'done' : 'failed';
    const why = evidence.qualityIssues.find(({ message }) => message.includes(`"${title}"`))?.message;
    return { item, title, outcome, how: 'run', note: check?.actual ?? why ?? 'it was not run' };
  });
}

/** `yes`, `quit`, or why not. */
async function confirmed(lines: readonly string[], { ask: question, err }: Shell): Promise<string> {
  if (question === null) return 'nobody was there to confirm it';
  err(lines.map((line) => `  $ ${line}\n`).join(''));
  for (;;) {
    const typed = readTyped(await question('  Run this? y: yes, l: later, q: quit > '));
    if (typed.kind === 'quit') return 'quit';
    if (typed.kind === 'answer') return typed.outcome === 'done' ? 'yes' : `not confirmed ${typed.note}`.trim();
    err('  That is none of y, l and q.\n');
  }
}

const outcomes: { readonly [exitCode: number]: ChecklistAnswer['outcome'] } = { 0: 'done', 1: 'failed' };
const KEPT_CHARACTERS = 300;

/** In a process of its own, so that a bug or a limit of it ends nothing here. */
async function runRampgate(
  { id, title, args, timeoutMs }: Of<'rampgate'>,
  { common, shell, redactor, signal }: DoOptions,
): Promise<UnsignedAnswer> {
  const cli = join(packageRoot, 'harness', `cli${extname(import.meta.filename)}`);
  const lines: string[] = [];
  const ends = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  const { code, error } = await showProgress(shell.terminal)(`rampgate ${args.join(' ')}`, async (say) => {
    const running = shell.start([process.execPath, cli, ...args, ...common], {
      env: { CI: 'true' },
      onLine: (line) => {
        lines.push(line.trim());
        if (line.trim() !== '') say(line.trim());
      },
    });
    const stop = (): void => void running.stop('SIGINT');
    ends.addEventListener('abort', stop, { once: true });
    if (ends.aborted) stop();
    const ended = await running.ended;
    ends.removeEventListener('abort', stop);
    return ended;
  });
  const stopped = signal.aborted ? 'interrupted' : `stopped after ${timeoutMs / 1000} s`;
  const said = error ?? (ends.aborted ? stopped : outputExcerpt(lines));
  const note = redactor.text(`exit ${code ?? 'without a code'}: ${said}`).slice(0, KEPT_CHARACTERS);
  return {
    item: id,
    title,
    outcome: ends.aborted ? 'not-done' : (outcomes[code ?? -1] ?? 'not-done'),
    how: 'run',
    note,
  };
}

function lookUp({ id, title, list }: Of<'walked'>, { run, reports }: DoOptions): UnsignedAnswer {
  const found = { item: id, title, how: 'looked up' as const };
  const other = newestChecklistRuns(reports, run.target).find((one) => one.list === list);
  if (other === undefined) {
    return {
      ...found,
      outcome: 'not-done',
      note: `nobody has walked ${list} for ${run.target}: npx rampgate checklist ${list} --target ${run.target}`,
    };
  }
  const failed = other.answers.filter(({ outcome }) => outcome === 'failed');
  const end = other.finishedAt === null ? '' : `, done ${instantText(other.finishedAt)}`;
  const note = `${list}, begun ${instantText(other.startedAt)}${end}`;
  if (failed.length > 0)
    return { ...found, outcome: 'failed', note: `${note}; failed: ${failed.map((one) => one.title).join(', ')}` };
  if (other.finishedAt === null) return { ...found, outcome: 'not-done', note: `${note}; it is not done yet` };
  return { ...found, outcome: 'done', note };
}
