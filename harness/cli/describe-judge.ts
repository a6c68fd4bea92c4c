/** The flags and help of `rampgate judge`. */
import type { Command } from '@commander-js/extra-typings';
import { exitCodeHelp, type FlagsOf } from '../lib/command-options.ts';

export type JudgeFlags = FlagsOf<ReturnType<typeof describeJudge>>;

export function describeJudge(program: Command) {
  return program
    .command('judge')
    .description('judge a saved run again, from its evidence alone')
    .argument('<run>', 'a run folder, such as reports/latest, or a run archive')
    .option('--what-if <config>', 'show what the criteria of another configuration would make of it')
    .option('--json', 'print gate.json instead of the table')
    .addHelpText('after', exitCodeHelp);
}
