/** `drill.json`, schema version 1, as a schema: for those who build on it. */
import { z } from 'zod';
import { reasonCodeSchema as gateReason } from '../../../model/finding.ts';
import type { DrillReport } from '../model.ts';

const instant = z.string().describe('ISO 8601 in UTC.');
const rollback = z.enum(['none', 'frontend', 'backend', 'both']);

const cell = z.object({
  criterion: z.string(),
  expected: z.enum(['red', 'open', 'spared']).describe('Must fail, must be inconclusive, must not fail.'),
  outcome: z.enum(['pass', 'inconclusive', 'fail']).nullable().describe('Null where no run came to its end.'),
  state: z
    .enum(['fired', 'missed', 'false', 'unmeasured', 'quiet'])
    .describe('As it had to be, not so, red without a reason, not measured, not red and did not have to be.'),
  message: z.string().describe('For people: do not parse.'),
});

const fault = z.object({
  name: z.string(),
  imitates: z.string(),
  size: z.object({ value: z.number(), unit: z.string() }).nullable(),
  harmless: z.boolean().describe('It must not turn anything red.'),
  startedAt: instant,
  tookMs: z.number(),
  run: z.string().nullable().describe("Its gate run's folder, relative to the drill's."),
  cells: z.array(cell),
  rollback: z.object({ expected: rollback, actual: rollback }).nullable(),
  notExercised: z.array(z.string()).describe('Criteria it is about that the configuration does not have yet.'),
});

const control = z
  .object({
    startedAt: instant,
    tookMs: z.number(),
    run: z.string().nullable(),
    trouble: z.string().nullable().describe('Why there was no such run; null where there was.'),
    criteria: z.array(
      z.object({
        criterion: z.string(),
        outcome: z.enum(['pass', 'inconclusive', 'fail']),
        state: z.enum(['ready', 'red', 'blind']).describe('What a fault can prove of it: red and blind ones nothing.'),
        reason: gateReason,
        unreliable: z.boolean().describe('Whether a probe doubted what it rests on.'),
        message: z.string().describe('For people: do not parse.'),
      }),
    ),
  })
  .describe('The target as it is, through the proxy without a fault: what the others are seen beside.');

/** @internal Exported for its tests. */
export const drillReportSchema = z.object({
  schemaVersion: z.literal(1),
  drill: z.object({
    id: z.string(),
    rollout: z.string(),
    target: z.string(),
    proxyOf: z
      .object({ web: z.string(), api: z.string() })
      .describe("The target's own addresses, where a proxy before it planted the faults; absent where its command did.")
      .exactOptional(),
    startedAt: instant,
    finishedAt: instant,
    tool: z.object({ version: z.string(), commit: z.string() }),
    machine: z.object({ machineClass: z.string(), os: z.string(), node: z.string() }),
    configHash: z.string(),
    planned: z.number().describe('How many faults were to be drilled.'),
    interrupted: z.boolean(),
    comparedWith: z.string().exactOptional().describe('The run without a fault that criteria were compared with.'),
  }),
  verdict: z.enum(['proved', 'not-proved', 'unmeasured']),
  control: control.exactOptional(),
  faults: z.array(fault),
  criteria: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      definition: z.string().describe('What the proof is for; another definition is another criterion.'),
      state: z.enum(['proved', 'not-proved', 'unmeasured', 'not-drilled']),
      provedBy: z.array(z.string()),
    }),
  ),
  sizes: z.array(
    z.object({
      criterion: z.string(),
      fault: z.string(),
      unit: z.string(),
      caught: z.number().nullable().describe('The smallest size from which on every one that was tried was caught.'),
      missed: z.number().nullable().describe('The largest that was not.'),
      runs: z.number(),
    }),
  ),
  notDrilled: z
    .array(z.object({ criterion: z.string(), reason: z.string() }))
    .describe('What was asked for and nothing can turn red here; absent where it was not asked for.')
    .exactOptional(),
  unjudgedFaults: z
    .array(z.string())
    .describe('Faults that were asked for, and of which nothing is judged; absent where there are none.')
    .exactOptional(),
});

/** The JSON Schema (draft 2020-12) of `drill.json`. */
export function drillJsonSchema(): object {
  return {
    $id: 'urn:rampgate:drill:1',
    title: 'Rampgate drill report, schema version 1',
    ...z.toJSONSchema(drillReportSchema satisfies z.ZodType<DrillReport>, { target: 'draft-2020-12' }),
  };
}
