/** `rampgate checklist LIST`: runs a checklist or a list of commands, or shows what it would do. */

import { join, relative, resolve } from 'node:path';
import { loadConfig } from '../../config/load-config.ts';
import { defined } from '../../lib/defined.ts';
import { exitCodes } from '../../lib/exit-codes.ts';
import { interruptible } from '../../lib/interruptible.ts';
import { redactorFor } from '../../lib/redact.ts';
import type { Shell } from '../../lib/shell.ts';
import { showProgress } from '../../lib/show-progress.ts';
import type { CommandListPolicy } from '../../model/checklist-policy.ts';
import type { Check, Evidence } from '../../model/evidence.ts';
import type { Verdict } from '../../model/outcome.ts';
import { collectCommands } from '../../sources/commands/collect-commands.ts';
import { commandLine, whyNotRunnable } from '../../sources/commands/run-command.ts';
import { chooseCommands } from '../../sources/commands/settings.ts';
import { openRunFolder } from '../../store/run-folder.ts';
import { checklistPolicy } from './checklist-policy.ts';
import type { ChecklistFlags } from './describe-checklist.ts';
import { runChecklist, showChecklistRun } from './run-checklist.ts';

/** Runs or shows one list; resolves to the exit code. A dry run starts nothing, asks nothing and writes nothing. */
export async function checklistCommand(listName: string, flags: ChecklistFlags, shell: Shell): Promise<number> {
  const config = resolve(shell.cwd, flags.config);
  const { rollout } = await loadConfig(config);
  const choice = { list: listName, ...defined({ target: flags.target }) };
  const checklist = checklistPolicy(rollout, choice);
  if (checklist !== null && flags.dryRun === true) {
    shell.out(showChecklistRun(checklist, ({ list }) => commandLines(list, shell)));
    return exitCodes.go;
  }
  if (checklist !== null) {
    const reports = resolve(shell.cwd, flags.out);
    const again = `To go on: npx rampgate checklist ${checklist.list} --target ${checklist.target}${elsewhere(flags)}`;
    return runChecklist(checklist, { reports, config, isNew: flags.new === true, again }, shell);
  }
  const list = chooseCommands(rollout, choice);
  if (flags.dryRun === true) {
    shell.out(dryRun(list, shell));
    return exitCodes.go;
  }
  const redactor = redactorFor(shell.env);
  const folder = openRunFolder(resolve(shell.cwd, flags.out), { profile: `checklist-${list.name}`, now: shell.now() });
  const interruption = interruptible(shell);
  try {
    const progress = showProgress(shell.terminal);
    const collected = await progress(`Run the ${list.name} commands (${list.title})`, (onProgress) =>
      collectCommands(list, { runFolder: folder.path, redactor, shell, signal: interruption.signal, onProgress }),
    );
    const evidence = redactor.deep(collected);
    folder.saveEvidence(evidence);
    shell.out(`${wording(evidence)}\nOutput: ${join(relative(shell.cwd, folder.path), 'evidence')}\n`);
    return interruption.signal.aborted ? exitCodes.interrupted : exitCodes[verdictOf(evidence)];
  } finally {
    interruption.release();
  }
}

function elsewhere({ out, config }: ChecklistFlags): string {
  return [out === 'reports' ? '' : ` --out ${out}`, config === 'rampgate.config.ts' ? '' : ` --config ${config}`].join(
    '',
  );
}

function dryRun(list: CommandListPolicy, shell: Shell): string {
  const atOnce = list.parallel === 1 ? 'one after another' : `${list.parallel} at once`;
  return `${list.title} (${list.each.length} commands, ${atOnce}); nothing is run:\n\n${commandLines(list, shell)}`;
}

function commandLines(list: CommandListPolicy, shell: Shell): string {
  const { text } = redactorFor(shell.env);
  const commands = list.each.flatMap((command) => {
    const why = whyNotRunnable(command, shell);
    const { title, env, timeoutMs, advice } = command;
    return [
      title,
      `  $ ${text(commandLine(command))}`,
      `  in ${resolve(shell.cwd, command.in)}, for ${timeoutMs / 1000} s at the most${env.length === 0 ? '' : `, with ${env.join(', ')}`}`,
      ...(why === null ? [] : [`  cannot run here: ${why}${advice === undefined ? '' : `; ${advice}`}`]),
    ];
  });
  return `${commands.join('\n')}\n`;
}

/** As the gate judges it: a false check fails, and quality issues leave it undecided. */
function verdictOf(evidence: Evidence): Verdict {
  if (checksOf(evidence).some(({ ok }) => !ok)) return 'no-go';
  return evidence.qualityIssues.length > 0 ? 'inconclusive' : 'go';
}

function wording(evidence: Evidence): string {
  const lines = checksOf(evidence).map(({ name, ok, actual }) => `${ok ? 'pass' : 'FAIL'}  ${name}: ${actual}`);
  return ['', ...lines, ...evidence.qualityIssues.map(({ message }) => `open  ${message}`), ''].join('\n');
}

function checksOf(evidence: Evidence): readonly Check[] {
  if (evidence.status === 'unavailable') return [];
  return evidence.measurements.flatMap((one) => (one.kind === 'checks' ? one.checks : []));
}
