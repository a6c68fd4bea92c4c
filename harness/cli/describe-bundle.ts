/** The flags and help of `rampgate bundle`. */
import type { Command } from '@commander-js/extra-typings';
import { type FlagsOf, sharedOptions } from '../lib/command-options.ts';

export type BundleFlags = FlagsOf<ReturnType<typeof describeBundle>>;

export function describeBundle(program: Command) {
  return program
    .command('bundle')
    .description('measure the scripts of the target; --save makes them the baseline of its gates')
    .addOption(sharedOptions.target)
    .addOption(sharedOptions.web)
    .addOption(sharedOptions.api)
    .option('--save', 'write the baseline file that the configuration names')
    .option('--release <name>', 'what the baseline calls it (default: as the target says)')
    .option('--browser <path>', 'the Chromium or Chrome to open the pages with')
    .addOption(sharedOptions.config)
    .addHelpText('after', bundleHelp);
}

const bundleHelp = `
Rampgate compresses each script itself, whatever the server does. An incomplete
measurement is not saved.

Exit codes: 0 measured, and saved where asked, 2 a script is missing or there
            is none, 3 usage, 70 a bug in Rampgate, 130 interrupted`;
