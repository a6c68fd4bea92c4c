/** Of Rampgate's output in a checklist run: the result, and where the report is. Pure. */

/** How the result line begins: of a gate, of a rollback preflight, of a watch. */
const headlines = [
  /^(?:Passed|Failed|Undecided)\b/,
  /^The rollback (?:is|cannot)\b/,
  /^(?:GO ON|HOLD|GO BACK|SUCCESS|FAILED|INCONCLUSIVE)$/,
];

/** Lines of progress begin with one of these. */
const progress = /^[❯✔✖›⚠]/;

/** Trimmed lines, empty ones too → one. Of a mistake it is the first line that is no progress. */
export function outputExcerpt(lines: readonly string[]): string {
  const starts = headlines.map((headline) => lines.findIndex((line) => headline.test(line)));
  const start = starts.find((index) => index >= 0);
  const report = lines.find((line) => line.startsWith('Report: '));
  const told = start === undefined ? firstOf(lines) : paragraphAt(lines, start);
  return [told, report ?? ''].join(' ').trim();
}

function firstOf(lines: readonly string[]): string {
  return lines.find((line) => line !== '' && !progress.test(line)) ?? '';
}

/** The first sentence, of what goes on to the next empty line, or to where the report is. */
function paragraphAt(lines: readonly string[], start: number): string {
  const rest = lines.slice(start);
  const end = rest.findIndex((line) => line === '' || /^(?:Report|Kept for[^:]*): /.test(line));
  const told = rest.slice(0, end === -1 ? undefined : end).join(' ');
  return /^.*?\.(?=\s|$)/.exec(told)?.[0] ?? told;
}
