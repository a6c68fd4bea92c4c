/** Parses the demo's command line; anything it does not understand is an operator's mistake. */
import { parseArgs } from 'node:util';
import { type ConventionsName, conventionsNames } from './conventions.ts';
import { type Fault, type FaultName, faultNames, faults, isFaultName, type PlantedFaults } from './faults.ts';
import { mistakes, OperatorMistake } from './mistakes.ts';

/** What the command line asks for. */
export type Request = { readonly kind: 'help' } | { readonly kind: 'list-faults' } | StartRequest;

/** A demo to start; port 0 picks a free one. */
export interface StartRequest {
  readonly kind: 'start';
  readonly webPort: number;
  readonly apiPort: number;
  readonly faults: PlantedFaults;
  readonly sentryDsn: string | null;
  readonly withSentry: boolean;
  readonly release: string;
  readonly exitWithParent: boolean;
  readonly conventions: ConventionsName;
}

/** The text of `--help`. */
export const helpText = `Usage: node demo/main.ts [options]

Serves the stand-in application that Rampgate examines: a page and its API, on files in a temporary folder.

  --port N            port of the page (4173; 0 picks a free one)
  --api-port N        port of the API (4174; 0 picks a free one)
  --fault NAME[=SIZE] plant a fault; may be given several times
  --conventions NAME  API conventions: checklist or skillmeat (checklist)
  --list-faults       show what can be planted
  --dsn DSN           where the page reports its errors (nowhere)
  --with-sentry       start a small Sentry too, and report there
  --release NAME      the release that page and API report (demo@1.0.0)
  --exit-with-parent  stop when standard input closes
  --help              this text

A running one is operated with: operate undo backend --api URL [--dry-run]
`;

/** Reads the arguments after the script's name. Throws OperatorMistake for anything not understood. */
export function parseCommandLine(args: readonly string[]): Request {
  if (args.includes('--dialect')) throw new OperatorMistake(mistakes.renamedOption('--dialect', '--conventions'));
  const values = parseOptions(args);
  if (values.help) return { kind: 'help' };
  if (values['list-faults']) return { kind: 'list-faults' };
  return {
    kind: 'start',
    webPort: parsePort('--port', values.port),
    apiPort: parsePort('--api-port', values['api-port']),
    faults: parseFaults(values.fault),
    sentryDsn: parseDsn(values.dsn),
    withSentry: withOwnSentry(values['with-sentry'], values.dsn),
    release: values.release,
    exitWithParent: values['exit-with-parent'],
    conventions: parseConventions(values.conventions),
  };
}

/** The catalogue as a table for people. */
export function renderFaultList(): string {
  const width = Math.max(...faultNames.map((name) => name.length));
  const rows = faultNames.map((name) => {
    const { size, imitates } = faults[name];
    const sizeText = size ? `=${size.default}${size.unit === '%' ? '%' : ` ${size.unit}`}` : '';
    return `  ${name.padEnd(width)}  ${sizeText.padEnd(13)}  ${imitates} (${noticedBy(faults[name])})`;
  });
  return `Faults, their default size, what they imitate and the criteria they turn red (?: leave undecided):\n${rows.join('\n')}\n`;
}

function noticedBy({ turnsRed, leavesOpen = [] }: Fault): string {
  const noticing = [...turnsRed, ...leavesOpen.map((id) => `${id}?`)];
  return noticing.length === 0 ? 'no criterion must turn red' : noticing.join(', ');
}

function parseOptions(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        port: { type: 'string', default: '4173' },
        'api-port': { type: 'string', default: '4174' },
        fault: { type: 'string', multiple: true, default: [] },
        'list-faults': { type: 'boolean', default: false },
        dsn: { type: 'string' },
        'with-sentry': { type: 'boolean', default: false },
        conventions: { type: 'string', default: 'checklist' },
        release: { type: 'string', default: 'demo@1.0.0' },
        'exit-with-parent': { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    return values;
  } catch (error) {
    const detail = error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error);
    throw new OperatorMistake(mistakes.unknownOption(detail.endsWith('.') ? detail : `${detail}.`));
  }
}

function parsePort(option: string, text: string): number {
  const port = Number(text);
  const isPort = /^\d+$/.test(text) && port <= 65535;
  if (!isPort) throw new OperatorMistake(mistakes.badPort(option, text));
  return port;
}

function parseConventions(name: string): ConventionsName {
  const conventions = conventionsNames.find((known) => known === name);
  if (conventions === undefined) throw new OperatorMistake(mistakes.unknownConventions(name, conventionsNames));
  return conventions;
}

function parseFaults(words: readonly string[]): PlantedFaults {
  return new Map(words.map(parseFault));
}

function parseFault(word: string): [FaultName, number] {
  const [name = '', sizeText] = word.split('=', 2);
  if (!isFaultName(name)) throw new OperatorMistake(mistakes.unknownFault(name, nearFaults(name)));
  const { size } = faults[name];
  if (!size) {
    if (sizeText !== undefined) throw new OperatorMistake(mistakes.faultHasNoSize(name));
    return [name, 1];
  }
  const wanted = sizeText === undefined ? size.default : Number(sizeText.replace(/(ms|%)$/, ''));
  const isUsable = Number.isFinite(wanted) && wanted > 0 && (size.unit !== '%' || wanted <= 100);
  if (!isUsable) throw new OperatorMistake(mistakes.badFaultSize(name, sizeText ?? '', size.unit));
  return [name, wanted];
}

function parseDsn(text: string | undefined): string | null {
  if (text === undefined) return null;
  const url = URL.canParse(text) ? new URL(text) : null;
  const isDsn = url !== null && url.username !== '' && /\/\d+$/.test(url.pathname);
  if (!isDsn) throw new OperatorMistake(mistakes.badDsn(text));
  return text;
}

function withOwnSentry(withSentry: boolean, dsn: string | undefined): boolean {
  if (withSentry && dsn !== undefined) throw new OperatorMistake(mistakes.twoSentries(dsn));
  return withSentry;
}

function nearFaults(name: string): readonly FaultName[] {
  const words = new Set(name.split('-').filter((word) => word.length > 2));
  const near = faultNames.filter(
    (fault) => editDistance(name, fault) <= 3 || fault.split('-').some((word) => words.has(word)),
  );
  return near.sort((a, b) => editDistance(name, a) - editDistance(name, b)).slice(0, 3);
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (const [line, letter] of [...a].entries()) {
    const next = [line + 1];
    for (const [column, other] of [...b].entries()) {
      const replaced = (row[column] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
