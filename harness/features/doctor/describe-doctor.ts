/** The flags and help of `rampgate doctor`. */
import type { Command } from '@commander-js/extra-typings';
import { type FlagsOf, profileOption, sharedOptions } from '../../lib/command-options.ts';

export type DoctorFlags = FlagsOf<ReturnType<typeof describeDoctor>>;

export function describeDoctor(program: Command) {
  return program
    .command('doctor')
    .description('say whether this machine and the target are fit to measure, and what is missing')
    .addOption(profileOption('which criteria are to be judged'))
    .addOption(sharedOptions.target)
    .addOption(sharedOptions.web)
    .addOption(sharedOptions.api)
    .addOption(sharedOptions.logs)
    .option('--only <id...>', 'only what these criteria need')
    .addOption(sharedOptions.browser)
    .addOption(sharedOptions.config)
    .addHelpText('after', doctorHelp);
}

const doctorHelp = `
It calibrates the machine, opens the target, asks each source once, and looks
for the tools of commands and rollback. It changes nothing in the target, and
plants nothing.

Exit codes: 0 fit to measure, 2 something is missing, 3 bad configuration or
            usage, 70 a bug in Rampgate, 130 interrupted`;
