/** The checks of this project, in the order they run: quick and static first, slow and real last. */

export type CheckStep = StaticStep | TestStep;

interface StepBase {
  /** What `npm test -- NAME` calls it. */
  readonly name: string;
  /** What it looks at, for whoever watches it run. */
  readonly title: string;
  readonly timeLimitMs: number;
  /** It takes so long that only who names it gets it, and CI by night. */
  readonly nightly?: boolean;
}

/** Passes when every command gives exit code 0; counts as one. */
export interface StaticStep extends StepBase {
  readonly kind: 'static';
  readonly commands: readonly (readonly [tool: string, ...args: string[]])[];
}

/** A vitest project of vitest.config.ts; counts as many as it has tests. */
export interface TestStep extends StepBase {
  readonly kind: 'tests';
  readonly project: string;
  /** What vitest is told beside. */
  readonly args?: readonly string[];
}

const minuteMs = 60_000;

export const checkSteps: readonly CheckStep[] = [
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
    title: 'Unit tests, which cover judgement whole',
    project: 'unit',
    args: ['--coverage'],
    timeLimitMs: 3 * minuteMs,
  },
  {
    kind: 'tests',
    name: 'integration',
    title: 'Integration tests',
    project: 'integration',
    timeLimitMs: 5 * minuteMs,
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
