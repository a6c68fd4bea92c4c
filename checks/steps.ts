/** The steps of `npm test`, in order: static ones first, slow ones last. */

export type Step = StaticStep | TestStep;

interface StepBase {
  /** What `npm test -- NAME` calls it. */
  readonly name: string;
  /** What it looks at, shown while it runs. */
  readonly title: string;
  readonly timeLimitMs: number;
  /** It takes so long that it runs only when it is named, as CI does at night. */
  readonly nightly?: boolean;
}

/** Passes when every command exits with 0; counts as one test. */
export interface StaticStep extends StepBase {
  readonly kind: 'static';
  readonly commands: readonly (readonly [tool: string, ...args: string[]])[];
}

/** A vitest project of vitest.config.ts; counts each of its tests. */
export interface TestStep extends StepBase {
  readonly kind: 'tests';
  readonly project: string;
  /** More arguments for vitest. */
  readonly args?: readonly string[];
}

const minuteMs = 60_000;

export const steps: readonly Step[] = [
  {
    kind: 'static',
    name: 'format',
    title: 'Formatting and order of imports',
    commands: [['biome', 'check', '--error-on-warnings']],
    timeLimitMs: minuteMs,
  },
  {
    kind: 'static',
    name: 'lint',
    title: 'Lint, with types',
    commands: [['oxlint', '--type-aware', '--deny-warnings', '--report-unused-disable-directives']],
    timeLimitMs: 2 * minuteMs,
  },
  {
    kind: 'static',
    name: 'types',
    title: 'Types',
    commands: [
      ['tsc', '-p', '.'],
      ['tsc', '-p', 'demo/web'],
    ],
    timeLimitMs: 2 * minuteMs,
  },
  {
    kind: 'static',
    name: 'dead-code',
    title: 'Dead code and unused dependencies',
    // What only tests use is dead as well: the second looks at what is shipped alone.
    commands: [['knip'], ['knip', '--production']],
    timeLimitMs: 2 * minuteMs,
  },
  { kind: 'tests', name: 'architecture', title: 'Architecture', project: 'architecture', timeLimitMs: minuteMs },
  {
    kind: 'tests',
    name: 'unit',
    title: 'Unit tests, with full coverage of judgement',
    project: 'unit',
    args: ['--coverage'],
    timeLimitMs: 3 * minuteMs,
  },
  {
    kind: 'tests',
    name: 'integration',
    title: 'Integration tests',
    project: 'integration',
    timeLimitMs: 10 * minuteMs,
  },
  { kind: 'tests', name: 'browser', title: 'Browser tests', project: 'browser', timeLimitMs: 8 * minuteMs },
  {
    kind: 'tests',
    name: 'serial',
    title: 'Tests that time something',
    project: 'serial',
    timeLimitMs: 8 * minuteMs,
  },
  {
    kind: 'tests',
    name: 'nightly',
    title: 'Tests that take minutes each',
    project: 'nightly',
    timeLimitMs: 80 * minuteMs,
    nightly: true,
  },
];
