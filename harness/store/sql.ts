/** The port to a database. */
export interface Sql {
  readonly place: string;
  /** `?` stands for a value. Outside of a transaction each statement is its own. */
  all(statement: string, values?: readonly Value[]): Promise<readonly Row[]>;
  /** All or nothing; writers wait for each other. */
  transaction<T>(work: () => Promise<T>): Promise<T>;
  /** A transaction that no other process enters meanwhile, for changing tables. */
  alone<T>(work: () => Promise<T>): Promise<T>;
  /** Whether others fill it as well, so that it must not be emptied. */
  readonly isShared: boolean;
  close(): Promise<void>;
}

export type Value = string | number | null;

export interface Row {
  readonly [column: string]: unknown;
}
