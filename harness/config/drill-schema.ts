/** The part of the configuration that the drill reads: which faults can be planted, how, and what each must lead to. */
import { z } from 'zod';
import { duration, name } from '../lib/fields.ts';
import { type ProxyFault, proxyFaultsSchema } from '../model/proxy-fault.ts';

const positive = z.number().positive();
const count = z.number().int().positive();

/** How much the drill samples: just enough to see a planted fault, since nothing has to pass. */
const budgets = z.strictObject({
  scenarios: z.record(name, z.strictObject({ visits: count, rounds: count.default(1) })).default({}),
  load: z
    .record(
      name,
      z.strictObject({
        rate: positive.optional(),
        for: duration,
        warmUp: duration.optional(),
        timeout: duration.optional(),
      }),
    )
    .default({}),
  lighthouse: z.record(name, z.strictObject({ runs: count })).default({}),
  /** A step that is not painted after this long is a loss. */
  stepTimeout: duration.optional(),
  /** How far back logs are read: too little of something is red only in a whole window. */
  logWindow: duration.optional(),
  /** So few samples are enough for a criterion of which too little is red. */
  minSamples: count.optional(),
  /** Scenarios whose visits are listened to for what the page reports. */
  listenTo: z.array(name).min(1).optional(),
  /** A planted event must come back from Sentry within this time. */
  readBackWithin: duration.optional(),
});

/** What samples as much as the rollout says. */
export const noBudgets = budgets.parse({});

const expectations = {
  /** What it imitates, in a sentence. */
  imitates: z.string().min(1),
  size: z
    .strictObject({
      default: positive,
      unit: z.string().min(1),
      /** Between these, `--sizes` looks for the smallest that is caught. */
      search: z.tuple([positive, positive]).readonly().optional(),
    })
    .nullable()
    .default(null),
  /** Criteria that must fail. Every other criterion on the same evidence must not. */
  turnsRed: z.array(name).readonly().default([]),
  /** Criteria that must be inconclusive: they are blind now, or it is too close to tell, and neither is a pass. */
  leavesOpen: z.array(name).readonly().default([]),
  /** Criteria that must not fail: the ones a trigger-happy gate would take it out on. */
  spares: z.array(name).readonly().default([]),
  /** What a gate with all of this in it must want to take back. */
  rollback: z.enum(['none', 'frontend', 'backend', 'both']),
  /** Over the drill's own. */
  budgets: budgets.optional(),
};

const fault = z.strictObject({
  ...expectations,
  /** What is put into the target's command, instead of the drill's `plant`; `[]` plants nothing in it. */
  plant: z.array(z.string()).optional(),
  /** Lists of commands that the target is given instead of its own. */
  commands: z.record(name, name).default({}),
  /** A command that runs beside the gate as long as it measures, as a neighbour on the machine would. */
  beside: z.array(z.string()).min(1).optional(),
});

/** What `--fast` looks at: these faults, each by the evidence of the criteria that are named with it. */
const fast = z.record(name, z.array(name).min(1).readonly()).default({});

const sizedProxyFaults = z.custom<(size: number) => readonly ProxyFault[]>(
  (value) => typeof value === 'function',
  'must be what the proxy does, or a function of the size that returns it',
);

/** For targets that are not to be touched: a proxy between them and the probes does what is wrong. */
const throughProxy = z.strictObject({
  faults: z.record(
    name,
    z.strictObject({ ...expectations, plant: z.union([proxyFaultsSchema.readonly(), sizedProxyFaults]) }),
  ),
  /** Over the drill's own. */
  budgets: budgets.optional(),
  fast,
  /** Criteria that no proxy turns red, each with the reason: every such drill says so. */
  without: z.record(name, z.string().min(1)).default({}),
});

export const drillSchema = z.strictObject({
  /** A target that is started by a command; left out where faults are only planted through a proxy. */
  target: name.optional(),
  /** Added to that command; `{fault}` stands for NAME or NAME=SIZE. */
  plant: z.array(z.string()).default([]),
  budgets: budgets.default(noBudgets),
  /**
   * How much a run without a fault samples, over the drill's own: the run that criteria "vs baseline" compare with. Without
   * it they are not drilled.
   */
  baseline: budgets.optional(),
  faults: z.record(name, fault).default({}),
  throughProxy: throughProxy.optional(),
  fast,
});
