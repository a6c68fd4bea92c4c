/** The part of the configuration that comparisons read: what does not matter, and how much is sampled in a block. */
import { z } from 'zod';
import { duration, name } from '../lib/fields.ts';

const count = z.number().int().positive();
const share = z.number().min(0).max(1);

export const comparisonSchema = z.strictObject({
  negligible: z
    .strictObject({
      /** A change by less than this share of the value does not matter. */
      ofValue: share.default(0.05),
      /** But never less than this share of the limit: of what takes hardly any time every share is noise. */
      ofLimit: share.default(0.01),
    })
    .default({ ofValue: 0.05, ofLimit: 0.01 }),
  /** How often both are measured in turn. */
  blocks: count.default(16),
  /** Visits of a scenario in a block, on either side, where `scenarios` says nothing. */
  visits: count.default(4),
  scenarios: z.record(name, z.strictObject({ visits: count, rounds: count.default(1) })).default({}),
  /** How long a load is put on in a block, on either side, where `load` says nothing. */
  loadFor: duration.default('4s'),
  load: z.record(name, z.strictObject({ for: duration })).default({}),
});

export const comparisonDefaults = comparisonSchema.parse({});
