/** Commands, flags and exit codes: a function of arguments and the world. */
import { Command, CommanderError, type OptionValues } from '@commander-js/extra-typings';
import { describeChecklist } from '../features/checklist/describe-checklist.ts';
import { describeCompare } from '../features/compare/describe-compare.ts';
import { describeDoctor } from '../features/doctor/describe-doctor.ts';
import { describeDrill } from '../features/drill/describe-drill.ts';
import { describeHistory } from '../features/history/describe-history.ts';
import { describeBaseline, describeStore } from '../features/history/describe-store.ts';
import { describeDeliver } from '../features/notify/describe-deliver.ts';
import { describeIncident, describeRollback } from '../features/rollback/describe-rollback.ts';
import { describeWatch } from '../features/watch/describe-watch.ts';
import { exitCodeHelp, type FlagsOf } from '../lib/command-options.ts';
import { toolVersion } from '../lib/environment.ts';
import { exitCodes } from '../lib/exit-codes.ts';
import { OperatorMistake } from '../lib/mistakes.ts';
import type { Shell } from '../lib/shell.ts';
import { describeBundle } from './describe-bundle.ts';
import { describeGate } from './describe-gate.ts';
import { describeJudge } from './describe-judge.ts';
import { describeLoad } from './describe-load.ts';
import { describeReport } from './describe-report.ts';

/** Runs one command; resolves to the exit code (design: 0 go, 1 no-go, 2 inconclusive, 3 mistake, 70 bug, 130 interrupted). */
export async function main(argv: readonly string[], shell: Shell): Promise<number> {
  let exitCode: number = exitCodes.go;
  const program = describeProgram(shell);
  registerCommands(program, shell, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    return explain(error, shell);
  }
}

function describeProgram(shell: Shell): Command {
  return new Command('rampgate')
    .description(
      'Turns a rollout checklist into a verdict: go, no-go or inconclusive, with the evidence and the rollback plan.',
    )
    .version(toolVersion().version)
    .exitOverride()
    .configureOutput({ writeOut: shell.out, writeErr: shell.err })
    .configureHelp({ helpWidth: shell.terminal.width })
    .showSuggestionAfterError()
    .enablePositionalOptions()
    .addHelpText('after', exitCodeHelp);
}

/**
 * One row per command: its description, and what it does. The latter is imported when the command runs, because help must not wait
 * for a browser library.
 */
function registerCommands(program: Command, shell: Shell, finish: (exitCode: number) => void): void {
  const on = runWith(finish);
  on(describeGate(program), async (flags) => (await import('./gate.ts')).gateCommand(flags, shell));
  on(describeJudge(program), async (flags, run) => (await import('./judge.ts')).judgeCommand(run, flags, shell));
  on(describeReport(program), async (flags, run) => (await import('./report.ts')).reportCommand(run, flags, shell));
  on(describeWatch(program), async (flags) =>
    (await import('../features/watch/command.ts')).watchCommand(flags, shell),
  );
  const baseline = describeBaseline(program);
  on(baseline.accept, async (flags, run) =>
    (await import('../features/history/baseline.ts')).acceptCommand(run, flags, shell),
  );
  on(baseline.reject, async (flags, run) =>
    (await import('../features/history/baseline.ts')).rejectCommand(run, flags, shell),
  );
  on(baseline.list, async (flags) => (await import('../features/history/baseline.ts')).listCommand(flags, shell));
  on(baseline.show, async (flags, criterion) =>
    (await import('../features/history/baseline.ts')).showCommand(criterion, flags, shell),
  );
  const store = describeStore(program);
  on(store.merge, async (flags, others) =>
    (await import('../features/history/merge-store.ts')).storeMergeCommand(others, flags, shell),
  );
  on(store.rebuild, async (flags) => (await import('../features/history/store.ts')).storeRebuildCommand(flags, shell));
  on(describeCompare(program), async (flags, before, after) =>
    (await import('../features/compare/command.ts')).compareCommand({ before, after }, flags, shell),
  );
  on(describeHistory(program), async (flags, criterion) =>
    (await import('../features/history/command.ts')).historyCommand(criterion, flags, shell),
  );
  on(describeRollback(program), async (flags, run) =>
    (await import('../features/rollback/command.ts')).rollbackCommand(run, flags, shell),
  );
  on(describeIncident(program), async (flags, run) =>
    (await import('../features/rollback/incident.ts')).incidentCommand(run, flags, shell),
  );
  on(describeDoctor(program), async (flags) =>
    (await import('../features/doctor/command.ts')).doctorCommand(flags, shell),
  );
  on(describeChecklist(program), async (flags, list) =>
    (await import('../features/checklist/command.ts')).checklistCommand(list, flags, shell),
  );
  on(describeBundle(program), async (flags) => (await import('./bundle.ts')).bundleCommand(flags, shell));
  on(describeLoad(program), async (flags, url) => (await import('./load.ts')).loadCommand(url, flags, shell));
  on(describeDeliver(program), async (flags) =>
    (await import('../features/notify/deliver.ts')).deliverCommand(flags, shell),
  );
  on(describeDrill(program), async (flags) =>
    (await import('../features/drill/command.ts')).drillCommand(flags, shell),
  );
  on(describeDemo(program), async (_flags, args) => (await import('./demo.ts')).demoCommand(args, shell));
}

/** Gives a command its action: it gets what was typed, and its exit code ends the program. */
function runWith(finish: (exitCode: number) => void) {
  return <Args extends unknown[], Flags extends OptionValues>(
    command: Command<Args, Flags>,
    act: (flags: FlagsOf<Command<Args, Flags>>, ...args: Args) => Promise<number>,
  ): void => {
    command.action(async () => {
      finish(await act(command.opts() as FlagsOf<Command<Args, Flags>>, ...command.processedArgs));
    });
  };
}

/** The demo explains its own flags. */
function describeDemo(program: Command) {
  return program
    .command('demo')
    .description('serve the stand-in application, healthy or with planted faults')
    .argument('[options...]', 'handed to the demo; see: rampgate demo --help')
    .helpOption(false)
    .allowUnknownOption()
    .passThroughOptions();
}

function explain(error: unknown, shell: Shell): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.go : exitCodes.mistake;
  if (error instanceof OperatorMistake) {
    shell.err(`${error.message}\n`);
    return exitCodes.mistake;
  }
  shell.err(`${bugMessage(error)}\n`);
  return exitCodes.bug;
}

/** What is said of an error that no message was written for. */
export function bugMessage(error: unknown): string {
  const detail = error instanceof Error ? error.stack : String(error);
  return `This is a bug in Rampgate, not in the application it measured:\n${detail}`;
}
