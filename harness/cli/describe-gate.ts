/** The flags and help of `rampgate gate`. */
import type { Command } from '@commander-js/extra-typings';
import { exitCodeHelp, type FlagsOf, outOption, profileOption, sharedOptions } from '../lib/command-options.ts';

export type GateFlags = FlagsOf<ReturnType<typeof describeGate>>;

export function describeGate(program: Command) {
  return program
    .command('gate')
    .description('measure the target, judge it and write the gate report')
    .addOption(profileOption('which criteria and how much sampling'))
    .addOption(sharedOptions.target)
    .addOption(sharedOptions.web)
    .addOption(sharedOptions.api)
    .addOption(sharedOptions.logs)
    .addOption(sharedOptions.only)
    .addOption(outOption('where run folders go'))
    .addOption(sharedOptions.browser)
    .addOption(sharedOptions.config)
    .option('--json', 'print gate.json instead of the table')
    .addHelpText('after', gateHelp);
}

const gateHelp = `
Examples:
  rampgate gate                      the demo, with the full checklist
  rampgate gate --target staging     a target of rampgate.config.ts
  rampgate gate --only cold-start.diff-visible
  rampgate gate --web http://localhost:3000 --api http://localhost:8080/api/v1
${exitCodeHelp}`;
