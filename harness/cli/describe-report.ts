/** The flags and help of `rampgate report`. */
import { type Command, Option } from '@commander-js/extra-typings';
import { type FlagsOf, renamedFlag } from '../lib/command-options.ts';

export type ReportFlags = FlagsOf<ReturnType<typeof describeReport>>;

export function describeReport(program: Command) {
  const report = program
    .command('report')
    .description('show a saved run in any format, or open its page')
    .argument('<run>', 'a run folder, such as reports/latest, or a run archive')
    .addOption(
      new Option('--format <name>', 'how')
        .default('text')
        .choices(['text', 'html', 'md', 'json', 'junit', 'ctrf', 'github', 'slack', 'teams', 'csv']),
    )
    .option('--out <file>', 'write it there instead of printing it')
    .option('--open', 'open the page in your browser')
    .option('--link <url>', 'where the report can be read, for slack and teams')
    .option('--archive', 'make one archive of the run, with checksums')
    .option('--verify', 'check that a run archive is unchanged')
    .option('--fingerprint <sha256>', 'with --verify: the fingerprint printed when it was made')
    .addHelpText('after', reportHelp);
  renamedFlag(report, 'bundle', 'archive');
  return report;
}

const reportHelp = `
Formats:
  text    the table that the gate ends with
  html    one page with charts, offline; its links lead into the run folder
  md      for a pull request: fits a comment of GitHub
  json    gate.json; gate.schema.json in the run folder describes it
  junit   for CI: fails are failures, inconclusive is an error, never skipped
  ctrf    the Common Test Report Format
  github  annotations, and the step's summary into $GITHUB_STEP_SUMMARY or --out
  slack   the body for an incoming webhook; teams: for a workflow's webhook
  csv     every sample; of a load, every second of it

Examples:
  rampgate report reports/latest --open
  rampgate report reports/latest --format junit --out junit.xml
  rampgate report reports/latest --format csv > samples.csv
  rampgate report reports/latest --archive --out run.tar.gz
  rampgate report run.tar.gz --verify

Exit codes: 0 shown, whatever the verdict, or intact, 1 the archive was
            changed, 3 usage, or not a run archive, 70 a bug in Rampgate`;
