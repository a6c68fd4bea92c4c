/** Commands, flags and exit codes: a function of arguments and the world. */
import { Command, CommanderError, Option } from 'commander';
import type { ChecklistFlags } from '../features/checklist/command.ts';
import { describeCompare } from '../features/compare/describe-compare.ts';
import type { DoctorFlags } from '../features/doctor/command.ts';
import type { DrillFlags } from '../features/drill/command.ts';
import { describeHistory } from '../features/history/describe-history.ts';
import { describeStore } from '../features/history/describe-store.ts';
import type { DeliverFlags } from '../features/notify/deliver.ts';
import { describeRollback } from '../features/rollback/describe-rollback.ts';
import { describeWatch } from '../features/watch/describe-watch.ts';
import { toolVersion } from '../lib/environment.ts';
import { exitCodes } from '../lib/exit-codes.ts';
import { OperatorMistake } from '../lib/mistakes.ts';
import type { Shell } from '../lib/shell.ts';
import type { BundleFlags } from './bundle.ts';
import { describeReport } from './describe-report.ts';
import type { GateFlags } from './gate.ts';
import type { JudgeFlags } from './judge.ts';
import type { LoadFlags } from './plan-load.ts';

/** Runs one command; resolves to the exit code (design: 0 go, 1 no-go, 2 inconclusive, 3 mistake, 70 bug, 130 interrupted). */
export async function main(argv: readonly string[], shell: Shell): Promise<number> {
  let exitCode: number = exitCodes.go;
  const program = describeCommands(shell, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    return explain(error, shell);
  }
}

function describeCommands(shell: Shell, finish: (exitCode: number) => void): Command {
  const program = new Command('rampgate')
    .description(
      'Turns a rollout checklist into a verdict: go, no-go or inconclusive, with the evidence and the way back.',
    )
    .version(toolVersion().version)
    .exitOverride()
    .configureOutput({ writeOut: shell.out, writeErr: shell.err })
    .configureHelp({ helpWidth: shell.terminal.width })
    .showSuggestionAfterError()
    .enablePositionalOptions()
    .addHelpText('after', exitCodeHelp);
  program
    .command('gate')
    .description('measure the target, judge it and write the gate report')
    .addOption(new Option('--profile <name>', 'which criteria and how much sampling').default('pre-ramp'))
    .option('--target <name>', 'which target of the configuration (default: its defaultTarget)')
    .option('--web <url>', "the target's web address, instead of the configured one")
    .option('--api <url>', "the target's API address, instead of the configured one")
    .option('--logs <file...>', "NAME=PATH of the target's logs, instead of the configured ones")
    .option('--only <id...>', 'only these criteria')
    .addOption(new Option('--out <dir>', 'where run folders go').default('reports'))
    .option('--browser <path>', 'the Chromium or Chrome to measure with')
    .addOption(new Option('--config <path>', 'the configuration').default('rampgate.config.ts'))
    .option('--json', 'print gate.json instead of the table')
    .addHelpText('after', gateHelp)
    .action(async (flags: GateFlags) => {
      // A command's parts are loaded when it is run: help must not wait for a browser library.
      const { gateCommand } = await import('./gate.ts');
      finish(await gateCommand(flags, shell));
    });
  program
    .command('judge')
    .description('judge a saved run again, from its evidence alone')
    .argument('<run>', 'a run folder, such as reports/latest, or a bundle')
    .option('--what-if <config>', 'show what the criteria of another configuration would make of it')
    .option('--json', 'print gate.json instead of the table')
    .addHelpText('after', exitCodeHelp)
    .action(async (folder: string, flags: JudgeFlags) => {
      const { judgeCommand } = await import('./judge.ts');
      finish(await judgeCommand(folder, flags, shell));
    });
  describeReport(program, shell, finish);
  describeWatch(program, shell, finish);
  describeStore(program, shell, finish);
  describeCompare(program, shell, finish);
  describeHistory(program, shell, finish);
  describeRollback(program, shell, finish);
  program
    .command('doctor')
    .description('say whether this machine and the target are fit to measure, and what is missing')
    .addOption(new Option('--profile <name>', 'which criteria are to be judged').default('pre-ramp'))
    .option('--target <name>', 'which target of the configuration (default: its defaultTarget)')
    .option('--web <url>', "the target's web address, instead of the configured one")
    .option('--api <url>', "the target's API address, instead of the configured one")
    .option('--logs <file...>', "NAME=PATH of the target's logs, instead of the configured ones")
    .option('--only <id...>', 'only what these criteria need')
    .option('--browser <path>', 'the Chromium or Chrome to measure with')
    .addOption(new Option('--config <path>', 'the configuration').default('rampgate.config.ts'))
    .addHelpText('after', doctorHelp)
    .action(async (flags: DoctorFlags) => {
      const { doctorCommand } = await import('../features/doctor/command.ts');
      finish(await doctorCommand(flags, shell));
    });
  program
    .command('checklist')
    .description('walk a checklist, such as pre-deploy: run what can be run, ask what needs a person')
    .argument('<list>', 'a checklist of the configuration, or a list of commands')
    .option('--dry-run', 'show what would be run and asked, and what is missing for it')
    .option('--new', 'begin anew, instead of going on with a walk that is not finished')
    .option('--target <name>', 'whose list (default: the defaultTarget’s)')
    .addOption(new Option('--out <dir>', 'where the output of the commands goes').default('reports'))
    .addOption(new Option('--config <path>', 'the configuration').default('rampgate.config.ts'))
    .addHelpText('after', checklistHelp)
    .action(async (list: string, flags: ChecklistFlags) => {
      const { checklistCommand } = await import('../features/checklist/command.ts');
      finish(await checklistCommand(list, flags, shell));
    });
  program
    .command('bundle')
    .description('measure the scripts of the target; --save makes them the baseline of its gates')
    .option('--target <name>', 'which target of the configuration (default: its defaultTarget)')
    .option('--web <url>', "the target's web address, instead of the configured one")
    .option('--api <url>', "the target's API address, instead of the configured one")
    .option('--save', 'write the baseline file that the configuration names')
    .option('--release <name>', 'what the baseline calls it (default: as the target says)')
    .option('--browser <path>', 'the Chromium or Chrome to open the pages with')
    .addOption(new Option('--config <path>', 'the configuration').default('rampgate.config.ts'))
    .addHelpText('after', bundleHelp)
    .action(async (flags: BundleFlags) => {
      const { bundleCommand } = await import('./bundle.ts');
      finish(await bundleCommand(flags, shell));
    });
  program
    .command('load')
    .description('put a stated load on a URL and say truthfully how it answered')
    .argument('[url]', 'what to ask for, again and again')
    .addOption(
      new Option('--rate <n>', 'arrivals per second, whether or not answers came; "max": closed loop').default('50'),
    )
    .addOption(new Option('--for <duration>', 'how long').default('30s'))
    .addOption(new Option('--warm-up <duration>', 'uncounted load before it').default('2s'))
    .addOption(new Option('--timeout <duration>', 'a request without an answer is given up').default('5s'))
    .option('--connections <n>', 'requests in flight at the most; more wait (default: 256, closed loop 10)')
    .option('--urls <file>', 'several URLs of one origin, one a line, a weight before it')
    .option('--vary <parameter>', 'make every request a distinct URL by this parameter')
    .addOption(
      new Option('--method <name>', 'HTTP method')
        .default('GET')
        .choices(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD']),
    )
    .option('--header <line...>', 'header to send, "Name: value"')
    .option('--body-file <file>', 'file to send as the body')
    .option('--expect-status <code...>', 'statuses of a good answer (default: any 2xx)')
    .option('--expect-body <text>', 'text that a good answer contains')
    .option('--cache-header <name...>', 'where an answer says hit or miss (default: the usual ones)')
    .option('--allow-host <name...>', 'hosts beyond this machine that may be loaded')
    .addOption(new Option('--max-rate <n>', 'ceiling on --rate').default('200'))
    .option('--max-requests <n>', 'ceiling on all requests; --rate max needs it (default: 50000)')
    .option('--insecure', 'take a certificate that nobody vouches for')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', loadHelp)
    .action(async (url: string | undefined, flags: LoadFlags) => {
      const { loadCommand } = await import('./load.ts');
      finish(await loadCommand(url, flags, shell));
    });
  program
    .command('deliver')
    .description('send what could not be told to Sentry or a channel before')
    .addOption(new Option('--out <dir>', 'where run folders are, and the outbox').default('reports'))
    .addOption(new Option('--config <path>', 'the configuration').default('rampgate.config.ts'))
    .addHelpText('after', deliverHelp)
    .action(async (flags: DeliverFlags) => {
      const { deliverCommand } = await import('../features/notify/deliver.ts');
      finish(await deliverCommand(flags, shell));
    });
  program
    .command('drill')
    .description('prove that the gate can fail: plant each fault, and see that exactly its criteria go red')
    .option('--fault <name...>', 'only these faults; NAME=SIZE plants one of that size')
    .option('--criterion <id...>', 'only what these criteria rest on')
    .option('--fast', 'only the faults that the configuration calls fast, each by the criteria named there')
    .option('--sizes', 'then search the smallest size that each criterion catches')
    .option('--target <name>', "another target than the drill's own, which is left as it is")
    .option('--web <url>', "the target's web address, instead of the configured one")
    .option('--api <url>', "the target's API address, instead of the configured one")
    .option('--through-proxy', "leave the drill's own target as it is, too")
    .addOption(new Option('--out <dir>', 'where reports go').default('reports'))
    .option('--browser <path>', 'the Chromium or Chrome to measure with')
    .addOption(new Option('--config <path>', 'the configuration').default('rampgate.config.ts'))
    .option('--json', 'print drill.json instead of what it came to')
    .addHelpText('after', drillHelp)
    .action(async (flags: DrillFlags) => {
      const { drillCommand } = await import('../features/drill/command.ts');
      finish(await drillCommand(flags, shell));
    });
  program
    .command('demo')
    .description('serve the stand-in application, whole or with planted faults')
    .argument('[options...]', 'handed to the demo; see: rampgate demo --help')
    .helpOption(false)
    .allowUnknownOption()
    .passThroughOptions()
    .action(async (args: string[]) => {
      const { demoCommand } = await import('./demo.ts');
      finish(await demoCommand(args, shell));
    });
  return program;
}

const exitCodeHelp = `
Exit codes: 0 go, 1 no-go, 2 inconclusive, 3 bad configuration or usage,
            70 a bug in Rampgate, 130 interrupted`;

const gateHelp = `
Examples:
  rampgate gate                      the demo, with the full checklist
  rampgate gate --target staging     a target of rampgate.config.ts
  rampgate gate --only cold-start.diff-visible
  rampgate gate --web http://localhost:3000 --api http://localhost:8080/api/v1
${exitCodeHelp}`;

const doctorHelp = `
It calibrates the machine, opens the target, asks each source once, and looks
for the tools of commands and rollback. It changes nothing in the target, and
plants nothing.

Exit codes: 0 fit to measure, 2 something is missing, 3 bad configuration or
            usage, 70 a bug in Rampgate, 130 interrupted`;

const checklistHelp = `
Answers are kept with name and time, and stand in the reports of later gates.
Where nobody sits at a terminal, what is to be asked is not done, and no pass.

Examples:
  rampgate checklist pre-deploy --target staging
  rampgate checklist deploy --target production

Exit codes: 0 all is done, 1 something failed, 2 something is not done or could
            not run, 3 usage, 70 a bug in Rampgate, 130 interrupted`;

const bundleHelp = `
Each script is compressed by Rampgate, whatever the server does. What is not
known whole is not saved.

Exit codes: 0 measured, and saved where asked, 2 a script is missing or there
            is none, 3 usage, 70 a bug in Rampgate, 130 interrupted`;

const deliverHelp = `
A gate that reports does so by itself before it measures.

Exit codes: 0 nothing waits any more, 2 something does, 3 usage,
            70 a bug in Rampgate`;

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

const loadHelp = `
Latency counts from when a request was due. Redirects are not followed.

Examples:
  rampgate load http://localhost:8080/api/items --rate 100 --for 30s
  rampgate load http://localhost:8080/api/items --expect-body '"items"' --json
  rampgate load --urls urls.txt --rate 20
  rampgate load http://localhost:8080/api --rate max --max-requests 1000000

Exit codes: 0 the load ran as intended, 2 it could not be kept or nothing was
            served, 3 usage, 70 a bug in Rampgate, 130 interrupted`;

function explain(error: unknown, shell: Shell): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.go : exitCodes.mistake;
  if (error instanceof OperatorMistake) {
    shell.err(`${error.message}\n`);
    return exitCodes.mistake;
  }
  shell.err(`${bugMessage(error)}\n`);
  return exitCodes.bug;
}

/** What is said of an error that no message was written for. */
export function bugMessage(error: unknown): string {
  const detail = error instanceof Error ? error.stack : String(error);
  return `This is a bug in Rampgate, not in the application it measured:\n${detail}`;
}
