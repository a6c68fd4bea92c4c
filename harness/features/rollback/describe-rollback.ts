/** The flags and help of `rampgate rollback` and `rampgate incident`. */
import { type Command, Option } from '@commander-js/extra-typings';
import { type FlagsOf, outOption, sharedOptions } from '../../lib/command-options.ts';

export type RollbackFlags = FlagsOf<ReturnType<typeof describeRollback>>;
export type IncidentFlags = FlagsOf<ReturnType<typeof describeIncident>>;

export function describeRollback(program: Command) {
  return program
    .command('rollback')
    .description('the rollback plan of a no-go run: print it, check it beforehand, or execute it')
    .argument('[run]', 'folder of a run or a watch (default: the latest run under --out)')
    .addOption(
      new Option('--scope <layer>', 'these layers, whatever was found').choices(['frontend', 'backend', 'both']),
    )
    .addOption(new Option('--check', 'check that its steps can be carried out; changes nothing').conflicts('execute'))
    .option('--execute', 'carry it out, asking before each step; stops at one that is not verified')
    .option('--yes <id>', "do not ask: the run's id, or with --scope the target's name")
    .option('--target <name>', "whose rollback plan (default: the run's target, or the defaultTarget)")
    .option('--web <url>', "the target's web address, instead of the run's or the configured one")
    .option('--api <url>', "the target's API address, instead of the run's or the configured one")
    .addOption(outOption('where run folders are'))
    .addOption(sharedOptions.config)
    .option('--browser <path>', 'the Chromium or Chrome to verify pages with')
    .option('--json', 'print the plan, or what came of it, as JSON')
    .addHelpText('after', rollbackHelp);
}

export function describeIncident(program: Command) {
  return program
    .command('incident')
    .description('write what happened in a run or a watch and what was done about it, for people to complete')
    .argument('[run]', 'the folder of a run or a watch (default: the latest run under --out)')
    .option('--overwrite', 'replace an existing incident.md')
    .addOption(outOption('where run folders are'))
    .addHelpText('after', incidentHelp);
}

const rollbackHelp = `
The commands are those of the configuration, filled in for the run's target.
Gate reports show the result of --check for a day. --execute stops at the first
step that is not verified, and saves a log in the run folder.

Examples:
  rampgate rollback                     of the latest run, printed
  rampgate rollback --check --target staging
  rampgate rollback reports/latest --execute
  rampgate rollback --execute --scope backend --target staging

Exit codes: 0 printed, preflight passed, or every step verified, 1 a step failed
            or was not verified, 2 preflight failed, or left undone, 3 bad
            configuration or usage, 70 a bug in Rampgate, 130 interrupted`;

const incidentHelp = `
Writes incident.md into that folder: a timeline, what failed with values and
charts, the rollback steps taken, the evidence, and what to review before a
retry.

Exit codes: 0 written, 3 usage, 70 a bug in Rampgate`;
