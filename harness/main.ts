/** Commands, flags and exit codes: a function of arguments and the world. */
import { Command, CommanderError, Option } from 'commander';
import type { GateFlags } from './commands/gate.ts';
import { toolVersion } from './environment.ts';
import { exitCodes } from './exit-codes.ts';
import { OperatorMistake } from './mistakes.ts';
import type { Shell } from './shell.ts';

/** Runs one command; resolves to the exit code (design: 0 go, 1 no-go, 2 inconclusive, 3 mistake, 70 bug, 130 interrupted). */
export async function main(argv: readonly string[], shell: Shell): Promise<number> {
  let exitCode: number = exitCodes.go;
  const program = describeCommands(shell, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    return explain(error, shell);
  }
}

function describeCommands(shell: Shell, finish: (exitCode: number) => void): Command {
  const program = new Command('rampgate')
    .description(
      'Turns a rollout checklist into a verdict: go, no-go or inconclusive, with the evidence and the way back.',
    )
    .version(toolVersion().version)
    .exitOverride()
    .configureOutput({ writeOut: shell.out, writeErr: shell.err })
    .configureHelp({ helpWidth: shell.terminal.width })
    .showSuggestionAfterError()
    .enablePositionalOptions()
    .addHelpText('after', exitCodeHelp);
  program
    .command('gate')
    .description('measure the target, judge it and write the gate report')
    .addOption(new Option('--profile <name>', 'which criteria and how much sampling').default('pre-ramp'))
    .option('--target <name>', 'which target of the configuration (default: its defaultTarget)')
    .option('--web <url>', "the target's web address, instead of the configured one")
    .option('--api <url>', "the target's API address, instead of the configured one")
    .option('--only <id...>', 'only these criteria')
    .addOption(new Option('--out <dir>', 'where run folders go').default('reports'))
    .option('--browser <path>', 'the Chromium or Chrome to measure with')
    .addOption(new Option('--config <path>', 'the configuration').default('rampgate.config.ts'))
    .option('--json', 'print gate.json instead of the table')
    .addHelpText('after', gateHelp)
    .action(async (flags: GateFlags) => {
      // A command's parts are loaded when it is run: help must not wait for a browser library.
      const { gateCommand } = await import('./commands/gate.ts');
      finish(await gateCommand(flags, shell));
    });
  program
    .command('demo')
    .description('serve the stand-in application, whole or with planted faults')
    .argument('[options...]', 'handed to the demo; see: rampgate demo --help')
    .helpOption(false)
    .allowUnknownOption()
    .passThroughOptions()
    .action(async (args: string[]) => {
      const { demoCommand } = await import('./commands/demo.ts');
      finish(await demoCommand(args, shell));
    });
  return program;
}

const exitCodeHelp = `
Exit codes: 0 go, 1 no-go, 2 inconclusive, 3 bad configuration or usage,
            70 a bug in Rampgate, 130 interrupted`;

const gateHelp = `
Examples:
  rampgate gate                      the demo, with the full checklist
  rampgate gate --target staging     a target of rampgate.config.ts
  rampgate gate --only cold-start.diff-visible
  rampgate gate --web http://localhost:3000 --api http://localhost:8080/api/v1
${exitCodeHelp}`;

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
