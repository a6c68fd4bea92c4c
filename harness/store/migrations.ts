/** The tables of a store, in the steps by which they came to be. A step that was released is never changed again. */

/** In SQL that SQLite and Postgres both read. */
export const migrations: readonly (readonly string[])[] = [
  [
    `CREATE TABLE rampgate_runs (
      id TEXT PRIMARY KEY,
      rollout TEXT NOT NULL,
      profile TEXT NOT NULL,
      started_at TEXT NOT NULL,
      finished_at TEXT NOT NULL,
      target TEXT NOT NULL,
      environment TEXT NOT NULL,
      release TEXT NOT NULL,
      machine_class TEXT NOT NULL,
      os TEXT NOT NULL,
      node TEXT NOT NULL,
      browser TEXT NOT NULL,
      tool_version TEXT NOT NULL,
      tool_commit TEXT NOT NULL,
      config_hash TEXT NOT NULL,
      verdict TEXT NOT NULL,
      interrupted TEXT,
      gate_sha256 TEXT NOT NULL
    )`,
    'CREATE INDEX rampgate_runs_by_time ON rampgate_runs (started_at, id)',
    `CREATE TABLE rampgate_criteria (
      run_id TEXT NOT NULL REFERENCES rampgate_runs (id),
      position INTEGER NOT NULL,
      criterion TEXT NOT NULL,
      severity TEXT NOT NULL,
      waived INTEGER NOT NULL,
      outcome TEXT NOT NULL,
      reason TEXT NOT NULL,
      statistic TEXT,
      value DOUBLE PRECISION,
      unit TEXT NOT NULL,
      lower_end DOUBLE PRECISION,
      upper_end DOUBLE PRECISION,
      samples INTEGER NOT NULL,
      limit_op TEXT NOT NULL,
      limit_value DOUBLE PRECISION NOT NULL,
      limit_unit TEXT NOT NULL,
      in_browser INTEGER NOT NULL,
      PRIMARY KEY (run_id, position)
    )`,
    'CREATE INDEX rampgate_criteria_by_name ON rampgate_criteria (criterion, run_id)',
  ],
  [
    // What was decided, and apart from it what was accepted, which is long and seldom asked for: both JSON.
    `CREATE TABLE rampgate_decisions (
      id TEXT PRIMARY KEY,
      at TEXT NOT NULL,
      decision TEXT NOT NULL,
      accepted TEXT
    )`,
  ],
];
