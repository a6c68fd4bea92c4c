/** The flags and help of `rampgate watch`. */
import type { Command } from '@commander-js/extra-typings';
import { type FlagsOf, outOption, sharedOptions } from '../../lib/command-options.ts';

export type WatchFlags = FlagsOf<ReturnType<typeof describeWatch>>;

export function describeWatch(program: Command) {
  return program
    .command('watch')
    .description('watch the target after a deploy, and raise an alert the moment a limit is crossed')
    .option('--for <duration>', 'how long (default: as configured, 2h)')
    .option('--every <duration>', 'how often a source is sampled (default: as configured, 30s)')
    .option('--stage <name>', 'judge a stage of the ramp instead: go on, hold or go back')
    .option('--ramp', "after a stage that says go on, run the stage's ramp command without asking")
    .option('--resume <id>', 'go on with a watch that was ended, as it was asked for; "latest" for the last one')
    .addOption(sharedOptions.target)
    .addOption(sharedOptions.web)
    .addOption(sharedOptions.api)
    .addOption(sharedOptions.logs)
    .addOption(sharedOptions.only)
    .addOption(outOption('where reports go'))
    .option('--browser <path>', 'the Chromium or Chrome to visit with')
    .option('--config <path>', 'the configuration (default: rampgate.config.ts)')
    .option('--json', 'print what happens as it happens, a JSON object a line')
    .addHelpText('after', watchHelp);
}

const watchHelp = `
watch.html in its folder under reports/watches follows along; so do watch.json
and watch.md.

Examples:
  rampgate watch --target production
  rampgate watch --stage canary --target production
  rampgate watch --for 10min --only diff.error-rate diff.latency-p95
  rampgate watch --resume latest

Exit codes: 0 success, or go on, 1 an alert stands or a criterion failed, 2 not
            decided, or hold, 3 usage, 70 a bug in Rampgate, 130 interrupted`;
