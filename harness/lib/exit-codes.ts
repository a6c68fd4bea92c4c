/** What the exit codes of every command mean. */
export const exitCodes = {
  go: 0,
  'no-go': 1,
  inconclusive: 2,
  /** Bad configuration or usage. */
  mistake: 3,
  /** A bug in Rampgate. */
  bug: 70,
  interrupted: 130,
} as const;
