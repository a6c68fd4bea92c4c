/** Messages for mistakes when starting the demo, each with what to do next. */

/** A mistake of the person who starts the demo: shown as one line, exit code 3. */
export class OperatorMistake extends Error {
  override readonly name = 'OperatorMistake';
}

/** The table of messages. */
export const mistakes = {
  unknownConventions: (name: string, known: readonly string[]) =>
    `There are no conventions named ${name}. The demo knows ${known.join(' and ')}.`,
  renamedOption: (old: string, name: string) => `${old} is now called ${name}.`,
  unknownOption: (detail: string) => `${detail} See --help for what is understood.`,
  badPort: (option: string, value: string) =>
    `${option} ${value} is not a port. Give a whole number from 0 to 65535; 0 picks a free one.`,
  portTaken: (option: string, port: number) =>
    `Port ${port} is taken by another program. Choose another with ${option}, or let the demo pick a free one: ${option} 0.`,
  unknownFault: (name: string, near: readonly string[]) =>
    near.length > 0
      ? `There is no fault named ${name}. Did you mean ${near.join(' or ')}? All of them: --list-faults.`
      : `There is no fault named ${name}. All of them: --list-faults.`,
  badFaultSize: (name: string, value: string, unit: string) =>
    `The size ${value} of fault ${name} is not a positive number of ${unit}. Example: --fault ${name}=100.`,
  faultHasNoSize: (name: string) => `Fault ${name} has no size. Plant it with --fault ${name}.`,
  badDsn: (dsn: string) => `--dsn ${dsn} is not a Sentry DSN. It looks like http://key@host/1.`,
  twoSentries: (dsn: string) => `--dsn ${dsn} and --with-sentry name two places to report to. Leave one of them out.`,
  nothingToOperate: () =>
    'Say what to do, and where: operate undo backend --api URL [--dry-run]. Others: undo frontend, set CACHE_DIFF_ENABLED=false, revisions.',
  noRevisionBefore: (layer: string) => `There is no revision of the ${layer} before this one to go back to.`,
  unknownOperation: (words: string) =>
    `The demo does not understand "${words}". It understands: undo backend, undo frontend, set CACHE_DIFF_ENABLED=false, revisions.`,
  webBuildMissing: () =>
    'The page is not built yet. Build it with: npx vite build demo/web. Or start the demo with npm run demo, which does that.',
} as const;
