/** Which part of the project may import which: the arrows of the design, and what breaks them. Pure. */
import { posix } from 'node:path';

export interface SourceFile {
  /** Relative to the root, with forward slashes: `harness/judgement/judge.ts`. */
  readonly path: string;
  readonly text: string;
}

interface PartRules {
  /** The parts it may import, besides itself; `features/*` stands for every feature. */
  readonly parts: readonly string[];
  /** Single files of other parts that it may import. */
  readonly files?: readonly string[];
  /** The packages and `node:` modules it may import; absent means any. */
  readonly packages?: readonly string[];
}

/** What computes on text and opens nothing. */
const pureNode = ['node:crypto', 'node:util'];
const drawing = ['@observablehq/plot', 'htm', 'htm/preact', 'linkedom', 'preact', 'preact-render-to-string'];

/** Every part may import these. `model` says shapes; `lib` is the port to the world. */
const ground = ['model', 'lib', 'setup'];
/** Beside each other, and put together by `gate`; only `config` and `store` import another, the registry of sources. */
const stages = ['config', 'sources', 'judgement', 'report', 'store'];
const core = ['gate', ...stages, 'browser-kit', ...ground];

/** What of `lib` the pure parts may use: it brings no input, output, clock or chance with it. */
const pureLib = ['defined', 'format', 'template', 'redact', 'message-of', 'percentile'].map(
  (name) => `harness/lib/${name}.ts`,
);

/**
 * Parts are the folders below harness/ (`features/watch` is one), and the other top folders. A part that is not listed may import
 * nothing and be imported by nobody, so a new one must be given its place here.
 */
const rules: { readonly [part: string]: PartRules } = {
  'cli.ts': { parts: ['cli', ...ground] },
  cli: { parts: [...core, 'features/*'] },

  'features/checklist': { parts: core },
  'features/compare': { parts: [...core, 'features/drill'] },
  'features/doctor': { parts: [...core, 'features/notify', 'features/history'] },
  'features/drill': { parts: core },
  'features/history': { parts: core },
  'features/notify': { parts: core },
  'features/rollback': { parts: [...core, 'features/notify', 'features/watch'] },
  'features/watch': { parts: [...core, 'features/notify'] },

  gate: { parts: [...stages, 'browser-kit', ...ground] },
  // Each source says what it has in the configuration and how its evidence is called; the registry knows them all.
  config: { parts: ['sources', ...ground] },
  store: { parts: ['sources', ...ground] },
  // What a scenario wrote down is in the browser kit's own terms.
  sources: { parts: ['browser-kit', ...ground] },
  judgement: { parts: ['model'], files: pureLib, packages: ['hdr-histogram-js'] },
  report: {
    parts: ['model'],
    files: pureLib,
    packages: [...pureNode, ...drawing, 'hdr-histogram-js', 'junit-report-builder', 'zod'],
  },
  'browser-kit': { parts: ground },
  model: { parts: [], packages: ['zod'] },
  lib: { parts: ['model', 'setup'] },

  scenarios: { parts: ['browser-kit'], packages: ['playwright/test'] },
  // The shipped rollout: what any team could write, with what `harness/config` and `harness/model` offer.
  rollout: { parts: ['config', 'model', 'scenarios'], packages: ['zod', 'node:crypto', 'node:fs', 'node:path'] },
  demo: { parts: [] },
  // From outside, as users do: the browser kit, the command line, and the browser that set-up finds. Judgement is pure, and
  // simulated as it is; the store and the report are timed with made-up runs.
  bench: {
    parts: ['browser-kit', 'setup', 'judgement', 'store', 'report', 'model', 'features/compare'],
    files: ['harness/lib/percentile.ts'],
  },
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
  const part = partOf(to);
  return (
    partOf(from) === part ||
    rule.parts.includes(part) ||
    (part.startsWith('features/') && rule.parts.includes('features/*')) ||
    rule.files?.includes(to) === true
  );
}

/** Files of the project have a folder and an ending; packages do not have the ending. */
function isInProject(to: string): boolean {
  return /\.(?:ts|tsx|mjs|css|json)$/.test(to) && !to.startsWith('@');
}

/** `judgement`, `features/watch`, `scenarios`. */
function partOf(path: string): string {
  const [top = '', second = '', third = ''] = path.split('/');
  if (top !== 'harness') return top;
  return second === 'features' ? `features/${third}` : second;
}

/** Files that import each other in a circle, types included; each circle in the order of its files. */
export function importCircles(files: readonly SourceFile[]): string[][] {
  const imports = new Map(
    files
      .filter(({ path }) => !/\.test\.tsx?$/.test(path))
      .map(({ path, text }) => [path, importsOf(text).map((specifier) => resolveImport(path, specifier))] as const),
  );
  const circles: string[][] = [];
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): void => {
    const at = trail.indexOf(path);
    if (at >= 0) circles.push(trail.slice(at));
    if (at >= 0 || done.has(path)) return;
    for (const to of imports.get(path) ?? []) visit(to, [...trail, path]);
    done.add(path);
  };
  for (const path of imports.keys()) visit(path, []);
  return circles;
}
