/** The flags and help of `rampgate baseline …` and `rampgate store …`. */
import type { Command } from '@commander-js/extra-typings';
import { type FlagsOf, outOption, sharedOptions } from '../../lib/command-options.ts';

export type StoreFlags = FlagsOf<ReturnType<typeof describeStore>['rebuild']>;
export type DecisionFlags = FlagsOf<ReturnType<typeof describeBaseline>['accept']>;

const out = outOption('where run folders are');

/** The command `baseline`: one for each of its subcommands. */
export function describeBaseline(program: Command) {
  const baseline = program.command('baseline').description('which runs others are compared with, and who said so');
  return {
    accept: baseline
      .command('accept')
      .description('compare later runs of the same key with this one, which must be go')
      .argument('<run>', 'a run folder, or its name')
      .option('--note <text>', 'why, for the record')
      .addOption(out)
      .addOption(sharedOptions.config),
    reject: baseline
      .command('reject')
      .description('compare no run with this one any more; the record is kept')
      .argument('<run>', 'a run folder, or its name')
      .option('--note <text>', 'why, for the record')
      .addOption(out)
      .addOption(sharedOptions.config),
    list: baseline
      .command('list')
      .description('what was decided, by whom, when and why, newest first')
      .addOption(out)
      .addOption(sharedOptions.config),
    show: baseline
      .command('show')
      .description('what each criterion is compared with')
      .argument('[criterion]', 'only this one')
      .addOption(out)
      .addOption(sharedOptions.config),
  };
}

/** The command `store`: one for each of its subcommands. */
export function describeStore(program: Command) {
  const store = program.command('store').description('the index of runs beside the run folders, or the shared store');
  return {
    merge: store
      .command('merge')
      .description('add what other runners remember: their folders of reports, or an index.sqlite')
      .argument('<others...>', 'folders or files; they are left as they are')
      .addOption(out)
      .addOption(sharedOptions.config),
    rebuild: store
      .command('rebuild')
      .description('make the index anew from the run folders')
      .addOption(out)
      .addOption(sharedOptions.config),
  };
}
