/** The contract of an API: its OpenAPI document, and the shape of its answers. Saved as part of evidence. */
import { z } from 'zod';
import type { Immutable } from './immutable.ts';

const fieldSchema = z.object({
  /** `string`, `number`, `integer`, `boolean`, `object`, `array`, `null`, in alphabetical order; none: anything. */
  types: z.array(z.string()),
  /** Always there where what it is a part of is there. */
  required: z.boolean(),
  /** The only values it can have, as JSON. */
  values: z.array(z.string()).exactOptional(),
  /** What counts where it is left out, as JSON. */
  default: z.string().exactOptional(),
});

export type Field = Immutable<z.output<typeof fieldSchema>>;

const shapeSchema = z.record(z.string(), fieldSchema);

/** Fields by their path: `$` the whole, `$.files[].status` a field of each entry of a list, `$.counts{}` each value of a map. */
export type Shape = Immutable<z.output<typeof shapeSchema>>;

const operationSchema = z.object({
  /** By place and name: `query mode`. */
  parameters: shapeSchema,
  /** What may be sent as JSON; empty where nothing is said of it. */
  body: shapeSchema,
  /** By status. */
  responses: z.record(z.string(), shapeSchema),
});

export type Operation = Immutable<z.output<typeof operationSchema>>;

const apiContractSchema = z.object({
  /** By method and path, without the names of path parameters: `GET /artifacts/{}/diff`. */
  operations: z.record(z.string(), operationSchema),
  /** Of answers that were given, by the name of the question. */
  answers: z.record(z.string(), shapeSchema),
});

export type ApiContract = Immutable<z.output<typeof apiContractSchema>>;

/** By SLI. */
export const contractsSchema = z.record(z.string(), apiContractSchema);

/** The path of a field: signs that paths are made of are written as `%2E` in names. */
export function fieldPath(at: string, name: string): string {
  return `${at}.${name.replaceAll(/[.[\]{}%]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)}`;
}

/** What a check records to have it compared with the accepted release. */
export interface ApiPromises {
  /** The OpenAPI document (3.0 or 3.1) as parsed JSON; null where there is none. */
  readonly document: unknown;
  /** Answers as parsed JSON, by the name of the question. */
  readonly answers: { readonly [question: string]: unknown };
}

/** The contract of the accepted release, and the run that recorded it. */
export interface AcceptedContract {
  readonly run: string;
  readonly release: string;
  readonly contract: ApiContract;
}
