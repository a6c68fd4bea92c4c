/** Parses what an earlier run saved, under the names that its fields have now. */

/** Fields that had another name before 0.2. */
const renamedFields: { readonly [before: string]: string } = {
  doubts: 'qualityIssues',
  lastDoubts: 'lastQualityIssues',
  fate: 'result',
  arming: 'preflight',
  walks: 'checklistRuns',
};

/** JSON text to a value; the order of fields stays. Throws a SyntaxError where it is not JSON. */
export function parseSaved(text: string): unknown {
  return JSON.parse(text, (_key, value: unknown) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    if (!Object.keys(value).some((name) => Object.hasOwn(renamedFields, name))) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [renamedFields[name] ?? name, inner]));
  });
}
