/** `rampgate watch` on the command line. */
import { type Command, Option } from 'commander';
import type { Shell } from '../../lib/shell.ts';
import type { WatchFlags } from './command.ts';

export function describeWatch(program: Command, shell: Shell, finish: (exitCode: number) => void): void {
  program
    .command('watch')
    .description('watch the target after a deploy, and raise an alert the moment a limit is crossed')
    .option('--for <duration>', 'how long (default: as configured, 2h)')
    .option('--every <duration>', 'how often a source is sampled (default: as configured, 30s)')
    .option('--stage <name>', 'judge a stage of the ramp instead: go on, hold or go back')
    .option('--ramp', "after a stage that says go on, run the stage's ramp command without asking")
    .option('--resume <id>', 'go on with a watch that was ended, as it was asked for; "latest" for the last one')
    .option('--target <name>', 'which target of the configuration (default: its defaultTarget)')
    .option('--web <url>', "the target's web address, instead of the configured one")
    .option('--api <url>', "the target's API address, instead of the configured one")
    .option('--logs <file...>', "NAME=PATH of the target's logs, instead of the configured ones")
    .option('--only <id...>', 'only these criteria')
    .addOption(new Option('--out <dir>', 'where reports go').default('reports'))
    .option('--browser <path>', 'the Chromium or Chrome to visit with')
    .option('--config <path>', 'the configuration (default: rampgate.config.ts)')
    .option('--json', 'print what happens as it happens, a JSON object a line')
    .addHelpText('after', watchHelp)
    .action(async (flags: WatchFlags) => {
      const { watchCommand } = await import('./command.ts');
      finish(await watchCommand(flags, shell));
    });
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
