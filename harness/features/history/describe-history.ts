/** The flags and help of `rampgate history`. */
import { type Command, Option } from '@commander-js/extra-typings';
import { type FlagsOf, outOption, sharedOptions } from '../../lib/command-options.ts';

export type HistoryFlags = FlagsOf<ReturnType<typeof describeHistory>>;

export function describeHistory(program: Command) {
  return program
    .command('history')
    .description('how criteria went from run to run, and where they changed')
    .argument('[criterion]', 'only this one, with every run')
    .option('--target <name>', 'only runs of this target')
    .option('--profile <name>', 'only runs of this profile')
    .addOption(new Option('--last <n>', 'the newest so many runs').default('100'))
    .addOption(new Option('--json', 'print it as JSON').conflicts('csv'))
    .option('--csv', 'print a row for each run and criterion, for other tools')
    .option('--html <file>', 'write a page with charts instead')
    .option('--ascii', 'without characters that a terminal may lack')
    .addOption(outOption('where run folders are'))
    .addOption(sharedOptions.config)
    .addHelpText('after', historyHelp);
}

const historyHelp = `
Examples:
  rampgate history --profile nightly
  rampgate history cold-start.diff-visible
  rampgate history --csv > history.csv
  rampgate history --html reports/history.html

Exit codes: 0 shown, whatever it shows, 3 bad configuration or usage,
            70 a bug in Rampgate, 130 interrupted`;
