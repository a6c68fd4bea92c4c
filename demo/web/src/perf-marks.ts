/** User Timing of the sync tab: `skillmeat.sync.<name>` measures between `<name>.start` and `<name>.end`. */

const prefix = 'skillmeat.sync.';

/** Marks the start of a measure. Starting again moves the start. */
export function startMeasure(name: string): void {
  performance.mark(`${prefix}${name}.start`);
}

/** Marks the end and adds the measure, unless it was never started. */
export function endMeasure(name: string): void {
  const start = `${prefix}${name}.start`;
  if (performance.getEntriesByName(start, 'mark').length === 0) return;
  const end = `${prefix}${name}.end`;
  performance.mark(end);
  performance.measure(`${prefix}${name}`, start, end);
}
