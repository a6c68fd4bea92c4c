/** Which part of the project may import which: the arrows of the design, and what breaks them. Pure. */
import { posix } from 'node:path';

export interface SourceFile {
  /** Relative to the root, with forward slashes: `harness/judgement/judge.ts`. */
  readonly path: string;
  readonly text: string;
}

interface PartRules {
  /** The parts it may import, besides itself. */
  readonly parts: readonly string[];
  /** The packages and `node:` modules it may import; absent means any. */
  readonly packages?: readonly string[];
}

/** Words that bring no input or output with them. */
const words = [
  'model',
  'api-contract',
  'drill-model',
  'watch-model',
  'comparison-model',
  'drill-proof',
  'fill-in',
  'rollback-log',
  'format',
  'policy',
  'progress',
  'exit-codes',
  'redact',
  'proxy-fault',
  'trend',
];

/** What every part of the harness may speak with, the ports to the world included. They import only each other. */
const leaves = [
  ...words,
  'mistakes',
  'shell',
  'request-meter',
  'deadline',
  'environment',
  'package-root',
  'cache-folder',
  'compiled',
  'setup',
];

/** The stages of the pipeline. None imports another: `gate` puts them together. */
const stages = ['config', 'target', 'probes', 'judgement', 'rollback', 'report', 'archive', 'baseline'];

/** Hashes and text: both compute, neither reads nor writes. */
const pureNode = ['node:crypto', 'node:util'];
const drawing = ['@observablehq/plot', 'htm', 'htm/preact', 'linkedom', 'preact', 'preact-render-to-string'];

/**
 * Parts are named after the folder or file below harness/, or after the top folder. A part that is not listed here may
 * import nothing and be imported by nobody, so a new one must be given its place.
 */
const rules: { readonly [part: string]: PartRules } = {
  cli: { parts: ['main', ...leaves] },
  main: { parts: ['commands', ...leaves] },
  commands: {
    parts: [
      'gate',
      'drill',
      'watch',
      'sampling',
      'comparison',
      'conclude',
      'calibrate-today',
      'delivery',
      'notify',
      ...stages,
      'stopwatch',
      ...leaves,
    ],
  },
  gate: { parts: ['collect', 'conclude', ...stages, ...leaves] },
  // Gate runs, one after another, each with a fault planted.
  drill: { parts: ['gate', 'calibrate-today', 'fault-proxy', ...stages, ...leaves] },
  // The watch's state machine: what is known so far, and what one observation more makes of it. Pure.
  watch: { parts: ['judgement', 'rollback', ...words], packages: [] },
  // Samples with the gate's probes, and lets the state machine say what there is to say.
  sampling: { parts: ['watch', 'target', 'probes', 'archive', ...leaves] },
  // Two saved runs, or two targets measured in turn.
  comparison: { parts: ['collect', 'conclude', 'target', 'judgement', 'archive', 'baseline', ...leaves] },
  // The first step of the gate: it runs the probes and saves what each brought before anything is judged.
  collect: { parts: ['calibrate-today', 'target', 'probes', 'archive', 'baseline', ...leaves] },
  'calibrate-today': { parts: ['probes', 'archive', ...leaves] },

  // All that comes after measuring, for a run that has just ended and for one that is judged again. Pure.
  conclude: { parts: ['judgement', 'rollback', 'report', ...words], packages: [] },

  config: { parts: leaves },
  target: { parts: ['target-clock', ...leaves] },
  'target-clock': { parts: leaves },
  // What a scenario wrote down is in the stopwatch's own terms.
  probes: { parts: ['stopwatch', ...leaves] },
  // Tells others what came of a run, and keeps what did not get through.
  delivery: { parts: ['archive', ...leaves] },
  // What is told, in the words of reports, by the same post.
  notify: { parts: ['delivery', 'report', ...leaves] },
  archive: { parts: leaves },
  baseline: { parts: leaves },
  // Between the probes and a target, for the drill.
  'fault-proxy': { parts: leaves },
  judgement: { parts: words, packages: ['hdr-histogram-js'] },
  rollback: { parts: words, packages: [] },
  report: { parts: words, packages: [...pureNode, ...drawing, 'hdr-histogram-js', 'junit-report-builder', 'zod'] },

  stopwatch: { parts: ['model', 'format', 'policy', 'redact', 'setup'] },
  model: { parts: [], packages: [] },
  ...Object.fromEntries(words.slice(1).map((part) => [part, { parts: words, packages: [] }])),
  ...Object.fromEntries(leaves.slice(words.length).map((part) => [part, { parts: leaves }])),

  scenarios: { parts: ['stopwatch'], packages: ['playwright/test'] },
  // They speak with the target through what they are handed.
  'api-checks': { parts: ['policy'], packages: ['zod', 'node:crypto', 'node:fs', 'node:path'] },
  demo: { parts: [] },
  // From outside, as its users do: the scenario kit, the command line, and the browser that set-up finds. Judgement is
  // pure, and simulated as it is, on made-up samples and on saved ones; the store and the report are timed with made-up runs.
  bench: { parts: ['stopwatch', 'setup', 'judgement', 'archive', 'baseline', 'report', 'model', 'comparison-model'] },
};

export interface WrongArrow {
  readonly from: string;
  readonly to: string;
}

/** Every import that the design forbids, in the order of the files. Tests are free to import what they test. */
export function wrongArrows(files: readonly SourceFile[]): WrongArrow[] {
  return files
    .filter(({ path }) => !/\.test\.tsx?$/.test(path))
    .flatMap(({ path, text }) =>
      importsOf(text)
        .map((specifier) => resolveImport(path, specifier))
        .filter((to) => !isAllowed(path, to))
        .map((to) => ({ from: path, to })),
    );
}

/** What a source imports: statements, re-exports and `import()` of a literal. The formatter puts each on its own line. */
export function importsOf(text: string): string[] {
  const withoutComments = text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  const statement = /^(?:import|export)\b(?:[^'";]*\bfrom)?\s*'([^']+)'/gm;
  const call = /\bimport\('([^']+)'\)/g;
  return [statement, call].flatMap((form) =>
    [...withoutComments.matchAll(form)].flatMap(([, specifier]) => specifier ?? []),
  );
}

function resolveImport(from: string, specifier: string): string {
  return specifier.startsWith('.') ? posix.join(posix.dirname(from), specifier) : specifier;
}

function isAllowed(from: string, to: string): boolean {
  const rule = rules[partOf(from)];
  if (rule === undefined) return false;
  if (!isInProject(to)) return rule.packages?.includes(to) ?? true;
  return partOf(from) === partOf(to) || rule.parts.includes(partOf(to));
}

/** Files of the project have a folder and an ending; packages do not have the ending. */
function isInProject(to: string): boolean {
  return /\.(?:ts|tsx|mjs|css|json)$/.test(to) && !to.startsWith('@');
}

function partOf(path: string): string {
  const [top = '', second = ''] = path.split('/');
  return top === 'harness' ? second.replace(/\.ts$/, '') : top;
}
