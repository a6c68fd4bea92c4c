/** The flags and help of `rampgate drill`. */
import type { Command } from '@commander-js/extra-typings';
import { type FlagsOf, outOption, sharedOptions } from '../../lib/command-options.ts';

export type DrillFlags = FlagsOf<ReturnType<typeof describeDrill>>;

export function describeDrill(program: Command) {
  return program
    .command('drill')
    .description('prove that the gate can fail: plant each fault, and see that exactly its criteria go red')
    .option('--fault <name...>', 'only these faults; NAME=SIZE plants one of that size')
    .option('--criterion <id...>', 'only what these criteria rest on')
    .option('--fast', 'only the faults that the configuration calls fast, each by the criteria named there')
    .option('--sizes', 'then search the smallest size that each criterion catches')
    .option('--target <name>', "another target than the drill's own, which is left as it is")
    .addOption(sharedOptions.web)
    .addOption(sharedOptions.api)
    .option('--through-proxy', "leave the drill's own target as it is, too")
    .addOption(outOption('where reports go'))
    .addOption(sharedOptions.browser)
    .addOption(sharedOptions.config)
    .option('--json', 'print drill.json instead of what it came to')
    .addHelpText('after', drillHelp);
}

const drillHelp = `
The drill's own target plants the faults itself. Every other one is left as it
is: a proxy on this machine, between it and the probes, does what is wrong.
Gate reports under the same --out say when each criterion was last proved.

Examples:
  rampgate drill --fast
  rampgate drill --fault slow-diff=250 diff-errors
  rampgate drill --criterion diff.latency-p95 --sizes
  rampgate drill --target staging
  rampgate drill --web http://localhost:3000 --api http://localhost:8080/api/v1

Exit codes: 0 exactly what must goes red, 1 a fault was missed or something was
            red without a reason, 2 something could not be measured, 3 usage,
            70 a bug in Rampgate, 130 interrupted; what was done is kept`;
