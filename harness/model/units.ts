/** Units of values, comparisons, points in time and JSON. */
import { z } from 'zod';

export const unitSchema = z.enum(['ms', 'ratio', 'count', 'bytes']).describe('A ratio is 0 to 1.');

export type Unit = z.output<typeof unitSchema>;

export const comparisonSchema = z.enum(['<', '<=', '>', '>=']);

export type Comparison = z.output<typeof comparisonSchema>;

export const instantSchema = z.string().describe('ISO 8601 in UTC, such as 2026-11-23T14:15:00.000Z.');

/** An ISO 8601 instant in UTC, such as `2026-11-23T14:15:00.000Z`. */
export type Instant = z.output<typeof instantSchema>;

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

export const jsonSchema: z.ZodType<Json> = z.json();
