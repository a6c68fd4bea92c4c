/** The port to a database: what the store needs of one. */
export interface Sql {
  readonly place: string;
  /** `?` stands for a value. Outside of a transaction a statement is one by itself. */
  all(statement: string, values?: readonly Value[]): Promise<readonly Row[]>;
  /** All of it or nothing; what others write waits for its end, or it waits for theirs. */
  transaction<T>(work: () => Promise<T>): Promise<T>;
  /** A transaction that no other process enters meanwhile, for changing tables. */
  alone<T>(work: () => Promise<T>): Promise<T>;
  /** Whether it may be emptied: others fill a shared one as well. */
  readonly isShared: boolean;
  close(): Promise<void>;
}

export type Value = string | number | null;

export interface Row {
  readonly [column: string]: unknown;
}
