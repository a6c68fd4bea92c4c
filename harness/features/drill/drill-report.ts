/** `drill.json`, schema version 1: what came of the planted faults, and what it proves of each criterion. */
import { z } from 'zod';
import { reasonCodeSchema } from '../../model/finding.ts';
import type { Immutable } from '../../model/immutable.ts';
import { outcomeSchema } from '../../model/outcome.ts';
import { rollbackScopeSchema } from '../../model/rollback.ts';
import { machineSchema, proxiedAddressesSchema, toolSchema } from '../../model/run.ts';
import { instantSchema } from '../../model/units.ts';

const instant = instantSchema.describe('ISO 8601 in UTC.');

const drillCellSchema = z.object({
  criterion: z.string(),
  expected: z.enum(['red', 'open', 'spared']).describe('Must fail, must be inconclusive, must not fail.'),
  outcome: outcomeSchema.nullable().describe('Null where no run came to its end.'),
  /**
   * - `fired`: as it had to be, red or open
   * - `missed`: it had to be, and was not, though everything was measured
   * - `false`: red without a reason
   * - `unmeasured`: what was to be seen could not be measured
   * - `quiet`: not red, and did not have to be
   */
  state: z
    .enum(['fired', 'missed', 'false', 'unmeasured', 'quiet'])
    .describe('As it had to be, not so, red without a reason, not measured, not red and did not have to be.'),
  /** The finding's own. */
  message: z.string().describe('For people: do not parse.'),
});

/** What a fault did to one criterion. */
export type DrillCell = Immutable<z.output<typeof drillCellSchema>>;

/** What a fault must make of a criterion: a fail, an inconclusive, or anything but a fail. */
export type Expectation = DrillCell['expected'];

export type CellState = DrillCell['state'];

const drilledFaultSchema = z.object({
  name: z.string(),
  imitates: z.string(),
  size: z.object({ value: z.number(), unit: z.string() }).nullable(),
  harmless: z.boolean().describe('It must not turn anything red.'),
  startedAt: instant,
  tookMs: z.number(),
  /** Null when there was none. */
  run: z.string().nullable().describe("Its gate run's folder, relative to the drill's."),
  cells: z.array(drillCellSchema),
  /** The rollback that the run led to, and the one it had to lead to; null where that was not asked. */
  rollback: z.object({ expected: rollbackScopeSchema, actual: rollbackScopeSchema }).nullable(),
  notExercised: z.array(z.string()).describe('Criteria it is about that the configuration does not have yet.'),
});

/** One fault, drilled. */
export type DrilledFault = Immutable<z.output<typeof drilledFaultSchema>>;

const controlCriterionSchema = z.object({
  criterion: z.string(),
  outcome: outcomeSchema,
  /** `ready`: it does not fail, and it sees. `red`: it fails already. `blind`: it sees nothing. */
  state: z.enum(['ready', 'red', 'blind']).describe('What a fault can prove of it: red and blind ones nothing.'),
  reason: reasonCodeSchema,
  unreliable: z.boolean().describe('Whether a probe doubted what it rests on.'),
  /** The finding's own. */
  message: z.string().describe('For people: do not parse.'),
});

/** What a criterion says through the proxy without a fault in it, and so what a fault can prove there. */
export type ControlCriterion = Immutable<z.output<typeof controlCriterionSchema>>;

export type ControlState = ControlCriterion['state'];

const drillControlSchema = z
  .object({
    startedAt: instant,
    tookMs: z.number(),
    /** Its gate run, relative to the drill's folder; null when there was none. */
    run: z.string().nullable(),
    trouble: z.string().nullable().describe('Why there was no such run; null where there was.'),
    criteria: z.array(controlCriterionSchema),
  })
  .describe('The target as it is, through the proxy without a fault: what the others are seen beside.');

export type DrillControl = Immutable<z.output<typeof drillControlSchema>>;

const drilledCriterionSchema = z.object({
  id: z.string(),
  title: z.string(),
  /** Its indicator, statistic and limit. */
  definition: z.string().describe('What the proof is for; another definition is another criterion.'),
  /**
   * `proved`: it fired wherever it had to, and nowhere else; `unmeasured`: as far as it could be seen it did, and there is
   * no proof; `not-drilled`: nothing was to turn it red.
   */
  state: z.enum(['proved', 'not-proved', 'unmeasured', 'not-drilled']),
  /** Faults that turned it red. */
  provedBy: z.array(z.string()),
});

/** One criterion over all faults. */
export type DrilledCriterion = Immutable<z.output<typeof drilledCriterionSchema>>;

const smallestSizeSchema = z.object({
  criterion: z.string(),
  fault: z.string(),
  unit: z.string(),
  /** Null: not even the largest was caught. */
  caught: z.number().nullable().describe('The smallest size from which on every one that was tried was caught.'),
  /** Null: even the smallest that was tried was caught. */
  missed: z.number().nullable().describe('The largest that was not.'),
  /** Gate runs that it took. */
  runs: z.number(),
});

/** The smallest size at which a fault turned a criterion red. */
export type SmallestSize = Immutable<z.output<typeof smallestSizeSchema>>;

const notDrilledSchema = z.object({ criterion: z.string(), reason: z.string() });

/** A criterion that a drill turned nothing red for, and why. */
export type NotDrilled = Immutable<z.output<typeof notDrilledSchema>>;

export const drillReportSchema = z.object({
  schemaVersion: z.literal(1),
  drill: z.object({
    id: z.string(),
    rollout: z.string(),
    target: z.string(),
    proxyOf: proxiedAddressesSchema
      .describe("The target's own addresses, where a proxy before it planted the faults; absent where its command did.")
      .exactOptional(),
    startedAt: instant,
    finishedAt: instant,
    tool: toolSchema,
    machine: machineSchema,
    configHash: z.string(),
    planned: z.number().describe('How many faults were to be drilled.'),
    interrupted: z.boolean(),
    /** Relative to the drill's folder; absent where none were compared. */
    comparedWith: z.string().exactOptional().describe('The run without a fault that criteria were compared with.'),
  }),
  /** `proved`: every cell as it had to be; `unmeasured`: what was measured was. */
  verdict: z.enum(['proved', 'not-proved', 'unmeasured']),
  /** Absent where each fault had a target of its own, which is sound without it. */
  control: drillControlSchema.exactOptional(),
  faults: z.array(drilledFaultSchema),
  criteria: z.array(drilledCriterionSchema),
  sizes: z.array(smallestSizeSchema),
  notDrilled: z
    .array(notDrilledSchema)
    .describe('What was asked for and nothing can turn red here; absent where it was not asked for.')
    .exactOptional(),
  unjudgedFaults: z
    .array(z.string())
    .describe('Faults that were asked for, and of which nothing is judged; absent where there are none.')
    .exactOptional(),
});

export type DrillReport = Immutable<z.output<typeof drillReportSchema>>;

export type DrillVerdict = DrillReport['verdict'];

/** The JSON Schema (draft 2020-12) of `drill.json`. */
export function drillJsonSchema(): object {
  return {
    $id: 'urn:rampgate:drill:1',
    title: 'Rampgate drill report, schema version 1',
    ...z.toJSONSchema(drillReportSchema, { target: 'draft-2020-12' }),
  };
}

/** Whether a run led to another rollback than it had to. */
export function isOnWrongRollback({ rollback, cells }: DrilledFault): boolean {
  // What was missed or not measured leads to another rollback as well.
  const isSeen = cells.every(({ state }) => state === 'fired' || state === 'quiet');
  return isSeen && rollback !== null && rollback.expected !== rollback.actual;
}
