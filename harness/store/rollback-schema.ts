/** The way back as it is saved: the policy in a run's plan, and what `rollback --check` found out. */
import { z } from 'zod';

const strings = z.array(z.string());

/** What older plans do not have is what it then meant. */
const step = z.object({
  title: z.string(),
  layer: z.enum(['frontend', 'backend']),
  role: z.enum(['look', 'remedy', 'undo']).default('undo'),
  command: z.string().exactOptional(),
  timeoutMs: z.number().default(300_000),
  env: strings.default([]),
  effect: z.string().exactOptional(),
  verify: z.string(),
  when: strings.default([]),
  settles: z
    .object({
      at: z.string(),
      withinMs: z.number(),
      shows: z.string().exactOptional(),
      header: z.object({ name: z.string(), is: z.string() }).exactOptional(),
    })
    .default({ at: '{web}', withinMs: 30_000 }),
  cacheStorage: z.string().exactOptional(),
  proves: strings.default([]),
  reversible: z.object({ note: z.string(), undo: z.string().exactOptional() }).exactOptional(),
  takesMs: z.number().exactOptional(),
  checks: z.array(z.object({ title: z.string(), command: z.string() })).default([]),
});

export const rollbackPolicy = z.object({
  steps: z.array(step),
  values: z.record(z.string(), z.string().nullable()).default({}),
  escalation: z.array(z.object({ when: strings, to: z.string(), how: z.string() })).default([]),
});

export const preflight = z.object({
  at: z.string(),
  target: z.string(),
  steps: z.array(z.object({ title: z.string(), definition: z.string(), armed: z.boolean(), because: z.string() })),
});
