/**
 * The configuration as people write it: `rampgate.config.ts` default-exports `defineRollout({ … })`.
 * Quantities are strings with units (`'< 500 ms'`, `'30s'`); `policy.ts` turns them into numbers.
 */

import { z } from 'zod';
import { address, duration, limit, name } from '../lib/fields.ts';
import { environmentVariable } from '../model/environment-variable.ts';
import { storeAddress } from '../model/store-address.ts';
import { sourceKeys, sources } from '../sources/registry.ts';
import { conventions, limiter } from './api-conventions.ts';
import { checklistsSchema } from './checklists.ts';
import { comparisonDefaults, comparisonSchema } from './comparison.ts';
import { drillSchema } from './drill-schema.ts';
import { notifySchema } from './notify.ts';
import { reportingSchema } from './reporting.ts';
import { rollback } from './rollback.ts';
import { watchSchema } from './watch.ts';

const positive = z.number().positive();
const count = z.number().int().positive();
const share = z.number().gt(0).max(0.2);

/** `"a", "b" or "c"`. */
function oneOf(forms: readonly string[]): string {
  const quoted = forms.map((form) => `"${form}"`);
  return `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1) ?? ''}`;
}

const artifact = z.strictObject({ id: z.string().min(1), name: z.string().min(1) });

const controlKinds = ['browser', 'logs', 'cache', 'timing', 'sentry'] as const;

const target = z.strictObject({
  ...sourceKeys('target'),
  ...conventions,
  limiter: limiter.optional(),
  /** Addresses of a target that runs already. */
  web: address.optional(),
  api: address.optional(),
  /** Or a command that starts it and prints `RAMPGATE_TARGET {"web":…,"api":…,"release":…,"logs":{NAME:PATH}}` when it is ready. */
  start: z.array(z.string()).min(1).optional(),
  startTimeout: duration.default('30s'),
  release: z.string().optional(),
  /** Artifacts that the journeys use, by the part they play. */
  artifacts: z.record(z.string(), artifact),
  /** Ids of the criteria that this target gives no answer to, each with the reason. */
  without: z.record(z.string(), z.string().min(1)).default({}),
  /** Its own rollback plan, instead of the rollout's. */
  rollback: rollback.optional(),
  /** Hosts beyond this machine that may be put under load. */
  allowHosts: z.array(z.string()).default([]),
  /** What must not be planted here to prove that a probe sees, each with the reason; the report lists it. */
  withoutControls: z.partialRecord(z.enum(controlKinds), z.string().min(1)).default({}),
  /** An address below the API's that takes its time, for the load probe to time right: `{ path: '/slow', takes: '300ms' }`. */
  slowRoute: z.strictObject({ path: z.string().startsWith('/'), takes: duration }).optional(),
  /** How one asks past the cache; `ignoring` names fields of an answer that differ each time. */
  uncached: z
    .strictObject({
      headers: z.record(z.string(), z.string()).optional(),
      query: z.string().min(1).optional(),
      /** The API of an instance whose cache is off. */
      api: address.optional(),
      ignoring: z.array(z.string()).default([]),
    })
    .refine(
      ({ headers, query, api }) => headers !== undefined || query !== undefined || api !== undefined,
      'must name headers, a query or the api of an instance whose cache is off',
    )
    .optional(),
  /** What checks may change and put back: an artifact by its part, in a project by its name. */
  mayChange: z.strictObject({ artifact: z.string(), project: z.string() }).optional(),
  /** Where it reports its errors; a target that is started may announce it as `sentry`, without a token. */
  sentry: z
    .strictObject({
      /** `https://sentry.io`, or your own Sentry's origin with its prefix. */
      url: address,
      organization: z.string().min(1),
      project: z.string().min(1),
      environment: z.string().min(1),
      /** The page's own. */
      dsn: address,
      /** The environment variable that holds the token; never the token itself. */
      token: z.strictObject({ env: environmentVariable }),
    })
    .optional(),
});

const criterion = z.strictObject({
  id: name,
  title: z.string().min(1),
  scope: z.enum(['frontend', 'backend', 'frontend+backend', 'either']),
  severity: z.enum(['blocking', 'advisory']).default('blocking'),
  /** The indicator it judges; the criterion's own id when left out. */
  sli: name.optional(),
  /** Where the indicator comes from. */
  from: z
    .string()
    .regex(
      new RegExp(`^(?:${sources.map(({ kind }) => kind).join('|')}):[a-z0-9-]+$`),
      `must be ${oneOf(sources.flatMap(({ from }) => from))}`,
    ),
  statistic: z
    .string()
    .regex(
      /^((?:p[1-9]\d?(?:\.\d+)?|all)(?: vs baseline)?|ratio|count|growth)$/,
      'must be "p1" to "p99.9" or "all", the same with " vs baseline" behind it, "ratio", "count" or "growth"',
    ),
  limit,
  /** Beyond the limit, on its bad side: when to be woken up. */
  alert: limit.optional(),
  /** Within the limit, in the alert's direction: a pass from here on is worth a word. */
  warn: limit.optional(),
  minSamples: count,
  /** Of its interval, instead of what the error budget asks for: few samples cannot give as much. */
  confidence: z.number().min(0.5).max(0.999).optional(),
  groups: z.array(z.string()).default([]),
  longestTask: limit.optional(),
  rationale: z.string().min(1),
  advice: z.string().min(1),
  checklist: z.array(z.string()),
});

const errorBudget = z.strictObject({
  /** Go, although one limit is violated. */
  falseGo: share.default(0.01),
  /** No-go, although every limit is kept; shared by all blocking criteria. */
  falseNoGo: share.default(0.01),
});

const profile = z.strictObject({
  ...sourceKeys('profile'),
  /** Ids of the criteria that this profile leaves out, each with the reason. */
  without: z.record(z.string(), z.string()).default({}),
  /** What a run may take of its target and of somebody's time; without it, what its budgets say. */
  bounds: z
    .strictObject({
      /** Requests to the target, by the run and by the pages it visits; what would exceed them is not begun. */
      maxRequests: count,
      /** Measuring ends so long after the run began; what is undecided by then is inconclusive. */
      within: duration,
      /** What a go of this profile may be taken for; stands beside it. */
      goMeans: z.string().min(1),
    })
    .optional(),
  /** Leaves out what changes its target, also where the target allows it. */
  changesNothing: z.boolean().default(false),
  /** How often a gate of this profile may be wrong, instead of the rollout's. */
  errorBudget: errorBudget.optional(),
  /** Samples that a criterion needs in this profile at the least, by its id; its interval must keep the limit all the same. */
  minSamples: z.record(z.string(), count).default({}),
  browser: z
    .strictObject({
      /** Passes over the scenarios, each with a browser and a warm-up of its own; more than one spreads a disturbance. */
      passes: count.optional(),
      /** What is told once, uncounted, before it counts: each journey, or only the first one in each browser. */
      warmUp: z.enum(['journey', 'browser']).optional(),
      trace: z.boolean().optional(),
    })
    .default({}),
  /** What "vs baseline" means: the last accepted release, or the last good nightly runs, which a run that is go joins. */
  baseline: z.enum(['release', 'nightly']).default('release'),
});

/** A profile that states nothing. */
export const emptyProfile = profile.parse({});

export const rolloutSchema = z.strictObject({
  name: z.string().min(1),
  successCriteria: z.record(z.string(), z.string()),
  defaultTarget: z.string(),
  targets: z.record(name, target),
  profiles: z.record(name, profile),
  browser: z
    .strictObject({
      executablePath: z.string().optional(),
      args: z.array(z.string()).default([]),
      stepTimeout: duration.default('4s'),
      trace: z.boolean().default(true),
      /** Page, below the web address, on which errors and a repeated request are planted once a run; it must ask the API. */
      controlPath: z.string().startsWith('/').default('/'),
    })
    .default({ args: [], stepTimeout: '4s', trace: true, controlPath: '/' }),
  ...sourceKeys('rollout'),
  /** Lists that `rampgate checklist` walks. */
  checklists: checklistsSchema.default({}),
  /** Who is told what came of a run. */
  reporting: reportingSchema.optional(),
  /** Channels that people are told in. */
  notify: notifySchema.optional(),
  /** What Rampgate may never exceed, whatever the rest says. */
  safety: z
    .strictObject({
      maxRate: positive.default(200),
      maxRequests: count.default(50_000),
      stopAtErrorRatio: positive.max(1).default(0.5),
    })
    .default({ maxRate: 200, maxRequests: 50_000, stopAtErrorRatio: 0.5 }),
  store: storeAddress.optional(),
  criteria: z.array(criterion).min(1),
  /** What the checklist asks for and no criterion answers yet: in every report, so that silence looks like silence. */
  notExercised: z
    .array(
      z.strictObject({ id: name, title: z.string().min(1), reason: z.string().min(1), checklist: z.array(z.string()) }),
    )
    .default([]),
  /** How often the gate as a whole may be wrong, each way. */
  errorBudget: errorBudget.default({ falseGo: 0.01, falseNoGo: 0.01 }),
  /** Criteria set aside for a time, by somebody who answers for it. */
  waivers: z
    .array(
      z.strictObject({
        criterion: name,
        owner: z.string().min(1),
        reason: z.string().min(1),
        until: z.iso.date('must be a day such as "2026-12-31", the last one on which it counts'),
      }),
    )
    .default([]),
  rollback: rollback,
  /** How two releases are compared. */
  compare: comparisonSchema.default(comparisonDefaults),
  /** How it is proved that each criterion can fail. */
  drill: drillSchema.optional(),
  /** The hours after a deploy. */
  watch: watchSchema.optional(),
});

export type RolloutInput = z.input<typeof rolloutSchema>;
export type Rollout = z.output<typeof rolloutSchema>;

/** The type of one part of a configuration, for a file that holds that part alone: `RolloutPart<'watch'>`. */
export type RolloutPart<Key extends keyof RolloutInput> = NonNullable<RolloutInput[Key]>;

/** Types a configuration; returns it unchanged. */
export function defineRollout(rollout: RolloutInput): RolloutInput {
  return rollout;
}
