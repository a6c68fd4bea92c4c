/** Which run, of which target, on which machine. */
import { z } from 'zod';
import type { Immutable } from './immutable.ts';
import { instantSchema } from './units.ts';

export const toolSchema = z.object({ version: z.string(), commit: z.string() });

export const targetIdentitySchema = z.object({
  name: z.string(),
  web: z.string(),
  api: z.string(),
  release: z.string(),
});

/** What is examined, as the run found it. */
export type TargetIdentity = Immutable<z.output<typeof targetIdentitySchema>>;

export const machineSchema = z.object({
  /** Cores, memory, architecture and CPU model in one comparable string. */
  machineClass: z.string(),
  os: z.string(),
  node: z.string(),
});

export const environmentSchema = machineSchema.extend({ browser: z.string() });

export type Environment = Immutable<z.output<typeof environmentSchema>>;

const seenClockSchema = z.object({
  of: z.enum(['web', 'api']),
  /** By how much it is ahead of this machine's clock, at least and at most; less than 0: behind. */
  aheadMs: z.tuple([z.number(), z.number()]),
});

export type SeenClock = Immutable<z.output<typeof seenClockSchema>>;

/** Time zone of the machine, and the target's clock offset at the start of the run. */
export const runClockSchema = z.object({
  timeZone: z.string().describe("The machine's, as IANA names it; all times are in UTC."),
  target: z
    .array(seenClockSchema)
    .describe("By how much the target's clock was ahead of the machine's, at least and at most; empty: not known."),
});

/** What a drill calls the run without a fault, which the others are compared with. */
export const noFaultName = 'no-fault';

export const proxiedAddressesSchema = z.object({ web: z.string(), api: z.string() });

/** Where a target really is that was seen through a proxy. */
export type ProxiedAddresses = Immutable<z.output<typeof proxiedAddressesSchema>>;

export const drillMarkSchema = z.object({
  fault: z.string().describe('What was planted, with its size; no-fault for the run the others are seen beside.'),
  proxyOf: proxiedAddressesSchema
    .describe("The target's own addresses, where a fault proxy stood before it.")
    .exactOptional(),
});

/** What a drill planted in a run. Such a run says what the gate can see, and nothing of its target. */
export type DrillMark = Immutable<z.output<typeof drillMarkSchema>>;

export const runIdentitySchema = z.object({
  id: z.string(),
  rollout: z.string(),
  profile: z.string().describe('pre-ramp, nightly, smoke, watch.'),
  startedAt: instantSchema,
  finishedAt: instantSchema,
  tool: toolSchema,
  target: targetIdentitySchema,
  environment: environmentSchema.describe('Runs are compared only where machineClass and browser agree.'),
  configHash: z.string(),
  /** Absent in reports of before there was one. */
  clock: runClockSchema.exactOptional(),
  interrupted: z.string().describe('Why the run did not come to its natural end.').exactOptional(),
  drill: drillMarkSchema
    .describe('A drill had its hand in this run: it says what the gate can see, and nothing of its target.')
    .exactOptional(),
});

export type RunIdentity = Immutable<z.output<typeof runIdentitySchema>>;
