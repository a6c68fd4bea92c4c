/** The flags and help of `rampgate compare`. */
import type { Command } from '@commander-js/extra-typings';
import { type FlagsOf, outOption, profileOption, sharedOptions } from '../../lib/command-options.ts';

export type CompareFlags = FlagsOf<ReturnType<typeof describeCompare>>;

export function describeCompare(program: Command) {
  return program
    .command('compare')
    .description('say what changed from one release to another, and how sure that is')
    .argument('<before>', 'a saved run or a target')
    .argument('[after]', 'another one; without it, judge that comparison again')
    .addOption(sharedOptions.only)
    .addOption(profileOption('whose criteria, of targets'))
    .option('--blocks <n>', 'how often targets are measured in turn (default: as configured)')
    .option('--budget <duration>', 'as many blocks as fit into it, such as 10min')
    .addOption(outOption('where run folders are, and comparisons go'))
    .addOption(sharedOptions.browser)
    .addOption(sharedOptions.config)
    .option('--json', 'print comparison.json instead of the table')
    .addHelpText('after', compareHelp);
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
