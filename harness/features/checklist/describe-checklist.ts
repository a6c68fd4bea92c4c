/** The flags and help of `rampgate checklist`. */
import type { Command } from '@commander-js/extra-typings';
import { type FlagsOf, outOption, sharedOptions } from '../../lib/command-options.ts';

export type ChecklistFlags = FlagsOf<ReturnType<typeof describeChecklist>>;

export function describeChecklist(program: Command) {
  return program
    .command('checklist')
    .description('run a checklist, such as pre-deploy: run commands, ask what needs a person')
    .argument('<list>', 'a checklist of the configuration, or a list of commands')
    .option('--dry-run', 'show what would be run and asked, and what is missing for it')
    .option('--new', 'start over, instead of continuing an unfinished run')
    .option('--target <name>', 'whose list (default: that of the defaultTarget)')
    .addOption(outOption('where the output of the commands goes'))
    .addOption(sharedOptions.config)
    .addHelpText('after', checklistHelp);
}

const checklistHelp = `
Answers are saved with name and time, and shown in the reports of later gates.
Without a terminal, questions stay open: not done, and no pass.

Examples:
  rampgate checklist pre-deploy --target staging
  rampgate checklist deploy --target production

Exit codes: 0 all is done, 1 something failed, 2 something is not done or could
            not run, 3 usage, 70 a bug in Rampgate, 130 interrupted`;
