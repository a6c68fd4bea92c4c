/** The command that compares, as the command line has it. */
import { type Command, Option } from 'commander';
import type { Shell } from '../../lib/shell.ts';
import type { CompareFlags } from './command.ts';

export function describeCompare(program: Command, shell: Shell, finish: (exitCode: number) => void): void {
  program
    .command('compare')
    .description('say what changed from one release to another, and how sure that is')
    .argument('<before>', 'a saved run or a target')
    .argument('[after]', 'another one; without it, judge that comparison again')
    .option('--only <id...>', 'only these criteria')
    .addOption(new Option('--profile <name>', 'whose criteria, of targets').default('pre-ramp'))
    .option('--blocks <n>', 'how often targets are measured in turn (default: as configured)')
    .option('--budget <duration>', 'as many blocks as fit into it, such as 10min')
    .addOption(new Option('--out <dir>', 'where run folders are, and comparisons go').default('reports'))
    .option('--browser <path>', 'the Chromium or Chrome to measure with')
    .addOption(new Option('--config <path>', 'the configuration').default('rampgate.config.ts'))
    .option('--json', 'print comparison.json instead of the table')
    .addHelpText('after', compareHelp)
    .action(async (before: string, after: string | undefined, flags: CompareFlags) => {
      const { compareCommand } = await import('./command.ts');
      finish(await compareCommand(after === undefined ? { before } : { before, after }, flags, shell));
    });
}

const compareHelp = `
A saved run is a folder, the id of a run under --out, or "latest". Runs are
compared only where their target, machine class, browser build and profile are
the same. Two targets are measured in turn, and the visits to them one by one:
A B, B A, A B … A fault of the drill behind a colon is planted in one.

Examples:
  rampgate compare 20261123T141500Z-pre-ramp-7f3a latest
  rampgate compare production staging --budget 10min
  rampgate compare 20261128T030000Z-compare-41c0
  rampgate compare demo demo:slow-first-diff=50 --only cold-start.diff-visible

Exit codes: 0 nothing that decides is worse, 1 something is, by more than what
            is negligible, 2 undecided, 3 usage, 70 a bug in Rampgate,
            130 interrupted`;
