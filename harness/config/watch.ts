/** The part of the configuration that the watch reads. */
import { z } from 'zod';
import { duration, limit, name } from '../lib/fields.ts';

const rate = z.strictObject({
  id: name,
  title: z.string().min(1),
  scope: z.enum(['frontend', 'backend', 'frontend+backend', 'either']),
  /** What is counted, of occurrences with seconds as their exposure. */
  sli: name,
  from: z.string().min(1),
  /** So many in the time that `per` says. */
  alert: limit,
  per: duration,
  rationale: z.string().min(1),
  advice: z.string().min(1),
});

/** A step of the ramp. Ramping itself is a command of the user's own, called when somebody says yes. */
const stage = z.strictObject({
  title: z.string().min(1),
  for: duration,
  /** What comes after it, in words. */
  next: z.string().min(1).optional(),
  /** The command that goes on to that. */
  ramp: z.tuple([z.string().min(1)], z.string()).optional(),
});

export const watchSchema = z.strictObject({
  /** Whose criteria are watched, with the budgets of a single sample. */
  profile: name.default('watch'),
  /** Ids of the criteria that a watch leaves out, each with the reason. */
  without: z.record(z.string(), z.string().min(1)).default({}),
  for: duration.default('2h'),
  every: duration.default('30s'),
  /** Sources that are sampled at another interval: `{ 'browser:cold-start': '2min', 'commands:pre-deploy': 'once' }`. */
  sample: z.record(z.string(), z.union([duration, z.literal('once')])).default({}),
  /** The probability of a false alert in the whole watch. */
  falseAlerts: z.number().gt(0).max(0.2).default(0.01),
  /** A target that does not answer for so long is an alert. */
  goneAfter: duration.default('90s'),
  rates: z.array(rate).default([]),
  /** In the order of the ramp. */
  stages: z.record(name, stage).default({}),
});
