/** Units of values, comparisons, points in time and JSON. */

export type Unit = 'ms' | 'ratio' | 'count' | 'bytes';

export type Comparison = '<' | '<=' | '>' | '>=';

/** An ISO 8601 instant in UTC, such as `2026-11-23T14:15:00.000Z`. */
export type Instant = string;

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
