/** What set-up says when it cannot help: what happened, the values, what to do next. */

/** Something only the person at the machine can put right; exit code 3, no stack trace. */
export class OperatorMistake extends Error {
  /** @param {string} message complete, ready to be printed */
  constructor(message) {
    super(message);
    this.name = 'OperatorMistake';
  }
}

const browserFixes = [
  'Three ways to give it one:',
  '  1. install Chromium or Chrome: "apt-get install chromium" on Debian, or from https://www.google.com/chrome/',
  '  2. download the one Playwright brings: "npx playwright install --with-deps chromium"',
  '  3. name one that is already there: RAMPGATE_CHROMIUM=/path/to/chrome',
].join('\n');

/** Every message, each with the values that belong in it. */
export const mistakes = {
  /** @param {{ command: string, reason: string, output: string }} failure */
  installFailed: ({ command, reason, output }) =>
    new OperatorMistake(
      `The dependencies could not be installed: "${command}" ${reason}.\n${quote(output)}\n` +
        'Put right what npm complains about (network, registry, permissions, disk) and run the same command again.',
    ),

  /** @param {{ wanted: string, path: string, output: string }} failure */
  runtimeMissing: ({ wanted, path, output }) =>
    new OperatorMistake(
      `The pinned runtime, Node ${wanted}, is not usable at ${path}.\n${quote(output)}\n` +
        'It comes with the package "node", whose install script fetches the build for this machine.\n' +
        'Run "npm rebuild node --foreground-scripts --ignore-scripts=false" to see why that does not work here.',
    ),

  /** @param {{ source: string, path: string }} named */
  namedBrowserMissing: ({ source, path }) =>
    new OperatorMistake(
      `The browser named by ${source} is not there, or cannot be executed: ${path}\n` +
        `Correct it, or leave it out and Rampgate looks for a browser itself.`,
    ),

  /** @param {readonly string[]} attempts what was tried, and how it ended */
  noBrowser: (attempts) =>
    new OperatorMistake(
      ['No Chromium or Chrome was found, and none could be installed.', ...attempts, browserFixes].join('\n'),
    ),

  /** @param {readonly string[]} attempts what was tried, and how it ended */
  noPrometheus: (attempts) =>
    new OperatorMistake(
      [
        'The tests of the metrics probe need a Prometheus, none was found on PATH, and none could be fetched.',
        ...attempts,
        'Install one: "apt-get install prometheus" on Debian, "brew install prometheus" on macOS.',
      ].join('\n'),
    ),

  /** @param {string} attempt what was tried, and how it ended */
  noPostgres: (attempt) =>
    new OperatorMistake(
      [
        'The tests of the shared store need a Postgres server, none was found, and none could be installed.',
        attempt,
        'Install one: "apt-get install postgresql" on Debian, "brew install postgresql" on macOS; or put its folder with initdb on PATH.',
      ].join('\n'),
    ),

  /** @param {{ reason: string, output: string }} failure */
  webBuildFailed: ({ reason, output }) =>
    new OperatorMistake(
      `The demo's web part could not be built: "vite build demo/web" ${reason}.\n${quote(output)}\n` +
        'If you changed something in demo/web, put that right; otherwise "git status demo" shows what differs.',
    ),

  /** @param {{ file: string, holder: string, waitedMs: number }} held */
  lockHeld: ({ file, holder, waitedMs }) =>
    new OperatorMistake(
      `Another set-up of this clone (${holder}) has not ended in ${Math.round(waitedMs / 1000)} s.\n` +
        `Wait for it and run the same command again. If there is no such process, remove ${file}`,
    ),

  /** @param {{ path: string, reason: string }} failure */
  notWritable: ({ path, reason }) =>
    new OperatorMistake(
      `Set-up cannot write to ${path}: ${reason}.\n` +
        'Make the clone writable for the user who runs Rampgate, or run it once as the user who owns the clone.',
    ),
};

/** @param {string} output */
export function quote(output) {
  const text = output.trim();
  return (text === '' ? '(it said nothing)' : text)
    .split('\n')
    .map((line) => `  | ${line}`)
    .join('\n');
}
