/** What an API promises its clients: what its document says, and the shape of what it answered. Plain data, and as such part of evidence. */

export type ApiContract = {
  /** By method and path, without the names of path parameters: `GET /artifacts/{}/diff`. */
  readonly operations: { readonly [operation: string]: Operation };
  /** Of answers that were given, by the name of the question. */
  readonly answers: { readonly [question: string]: Shape };
};

export type Operation = {
  /** By place and name: `query mode`. */
  readonly parameters: { readonly [parameter: string]: Field };
  /** What may be sent as JSON; empty where nothing is said of it. */
  readonly body: Shape;
  /** By status. */
  readonly responses: { readonly [status: string]: Shape };
};

/** Fields by their path: `$` the whole, `$.files[].status` a field of each entry of a list, `$.counts{}` each value of a map. */
export type Shape = {
  readonly [path: string]: Field;
};

/** The path of a field: signs that paths are made of are written as `%2E` in names. */
export function fieldPath(at: string, name: string): string {
  return `${at}.${name.replaceAll(/[.[\]{}%]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)}`;
}

export type Field = {
  /** `string`, `number`, `integer`, `boolean`, `object`, `array`, `null`, in alphabetical order; none: anything. */
  readonly types: readonly string[];
  /** Always there where what it is a part of is there. */
  readonly required: boolean;
  /** The only values it can have, as JSON. */
  readonly values?: readonly string[];
  /** What counts where it is left out, as JSON. */
  readonly default?: string;
};

/** What a check hands over to have it held to the accepted release. */
export interface ApiPromises {
  /** The OpenAPI document (3.0 or 3.1) as parsed JSON; null where there is none. */
  readonly document: unknown;
  /** Answers as parsed JSON, by the name of the question. */
  readonly answers: { readonly [question: string]: unknown };
}

/** The contract of the accepted release, and where it is from. */
export interface AcceptedContract {
  readonly run: string;
  readonly release: string;
  readonly contract: ApiContract;
}
