/** The command about the way back, as the command line has it. */
import { type Command, Option } from 'commander';
import type { Shell } from '../shell.ts';
import type { RollbackFlags } from './rollback.ts';

export function describeRollback(program: Command, shell: Shell, finish: (exitCode: number) => void): void {
  program
    .command('rollback')
    .description('the way back of a no-go run: print it, or prove that it can be taken')
    .argument('[run]', 'a run folder (default: the latest under --out)')
    .addOption(
      new Option('--scope <layer>', 'these layers, whatever was found').choices(['frontend', 'backend', 'both']),
    )
    .option('--check', 'prove that its steps can be carried out, and change nothing')
    .option('--target <name>', "whose way back (default: the run's, or the defaultTarget)")
    .option('--web <url>', "the target's web address, instead of the run's or the configured one")
    .option('--api <url>', "the target's API address, instead of the run's or the configured one")
    .addOption(new Option('--out <dir>', 'where run folders are').default('reports'))
    .addOption(new Option('--config <path>', 'the configuration').default('rampgate.config.ts'))
    .option('--json', 'print the plan as JSON')
    .addHelpText('after', rollbackHelp)
    .action(async (run: string | undefined, flags: RollbackFlags) => {
      const { rollbackCommand } = await import('./rollback.ts');
      finish(await rollbackCommand(run, flags, shell));
    });
}

const rollbackHelp = `
The commands are those of the configuration, filled in for the run's target.
What --check found out is in the gate reports of the day after it.

Examples:
  rampgate rollback                     of the latest run
  rampgate rollback --check --target staging
  rampgate rollback --scope backend --target staging

Exit codes: 0 printed, or all armed, 2 something is not armed, 3 bad
            configuration or usage, 70 a bug in Rampgate, 130 interrupted`;
