/** Parses what an earlier run saved, under the names that its fields have now. */

interface Renamed {
  readonly now: string;
  /** A field that stands beside it: elsewhere the name is somebody's own, such as the id of a criterion or of a value. */
  readonly beside: readonly string[];
}

/** Fields that had another name before 0.2. */
const renamedFields: ReadonlyMap<string, Renamed> = new Map([
  ['doubts', { now: 'qualityIssues', beside: ['probe'] }], // of evidence
  ['fate', { now: 'result', beside: ['about'] }], // of a message
  ['arming', { now: 'preflight', beside: ['criteria'] }], // of the plan of a run or a watch
  ['walks', { now: 'checklistRuns', beside: ['criteria', 'findings'] }], // of the plan of a run, and of gate.json
]);

/** JSON text to a value; the order of fields stays. Throws a SyntaxError where it is not JSON. */
export function parseSaved(text: string): unknown {
  return JSON.parse(text, (_key, value: unknown) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    const fields = Object.entries(value);
    const renamed = fields.map(([name, inner]) => [nameNow(name, value), inner] as const);
    return renamed.every(([name], index) => name === fields[index]?.[0]) ? value : Object.fromEntries(renamed);
  });
}

function nameNow(name: string, fields: object): string {
  const renamed = renamedFields.get(name);
  return renamed?.beside.some((other) => Object.hasOwn(fields, other)) === true ? renamed.now : name;
}
