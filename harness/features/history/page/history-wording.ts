/** What is said of a criterion's history, in the same words in the terminal and on the page. */
import { formatValue } from '../../../lib/format.ts';
import { asSentence, capital, counted } from '../../../report/wording.ts';
import type { Change, CriterionHistory, History, Series, TrendBaseline, TrendPoint } from '../model.ts';

/** The series that the next run goes on with. */
export function currentSeries({ series }: CriterionHistory): Series | undefined {
  return series.at(-1);
}

/** `30 runs from 2026-10-01 to 2026-10-30`. */
export function spanText({ runs, span }: History): string {
  return span === null
    ? 'No run is remembered that this asks for.'
    : `${counted(runs, 'run', 'runs')} from ${dayText(span.from)} to ${dayText(span.to)}`;
}

/** `demo (this machine), profile nightly`. */
export function placeText({ target, environment, profile }: CriterionHistory): string {
  return `${target} (${environment}), profile ${profile}`;
}

/** `Chromium 156, 2 × AMD EPYC`. */
export function keyText({ browser, machineClass, toolMajor }: Series): string {
  return [...(browser === null ? [] : [browser]), machineClass, `Rampgate ${toolMajor}`].join(', ');
}

/** `2026-10-20`. */
function dayText(instant: string): string {
  return instant.slice(0, 10);
}

/** `worse by 12.3 %, 212 to 238 ms, since run … of 2026-10-20 (release r20)`, and for a drift from when to when. */
export function changeText(change: Change, { unit }: Pick<Series, 'unit'>): string {
  const { before, after, first } = change;
  const by = `${shortChangeText(change, { unit })}, ${formatValue(before, unit)} to ${formatValue(after, unit)}`;
  if (change.kind === 'step') return `${by}, since run ${runText(first)}`;
  const ending = change.goesOn ? 'no end seen' : `until run ${runText(change.last)}`;
  return `drifting, ${by}, from run ${runText(first)}, ${ending}`;
}

/** `worse by 12.3 %`. */
export function shortChangeText(
  { relative, before, after, direction }: Change,
  { unit }: Pick<Series, 'unit'>,
): string {
  const by = relative === null ? formatValue(Math.abs(after - before), unit) : formatValue(Math.abs(relative), 'ratio');
  return `${direction} by ${by}`;
}

function runText({ run, release }: TrendPoint): string {
  return `${run} (release ${release})`;
}

/** All that is said of a criterion beside its values, the most important first. */
export function saidOf(one: CriterionHistory, fewestRuns: number): readonly string[] {
  const series = currentSeries(one);
  const ofSeries =
    series === undefined
      ? []
      : [
          lastChangeText(series, fewestRuns),
          startText(series),
          earlierChangeText(one),
          baselineText(series.baseline, series),
        ];
  return [...ofSeries, ...silenceTexts(one)].filter((each) => each !== null).map((each) => asSentence(capital(each)));
}

/** The last change, that there is none, or that there are too few runs to tell. */
function lastChangeText({ changes, points, unit }: Series, fewestRuns: number): string {
  if (changes === null) {
    return `${counted(points.length, 'run', 'runs')} so far; a change can be told from ${fewestRuns} on`;
  }
  const last = changes.at(-1);
  if (last === undefined) return `no change in ${counted(points.length, 'run', 'runs')}`;
  const earlier = changes.length - 1;
  return `${changeText(last, { unit })}${earlier === 0 ? '' : `; ${counted(earlier, 'change', 'changes')} before it`}`;
}

/** The last change that a series before the one that goes on had: a new browser must not make it forgotten. */
function earlierChangeText({ series }: CriterionHistory): string | null {
  for (const earlier of series.slice(0, -1).toReversed()) {
    const last = earlier.changes?.at(-1);
    if (last !== undefined) return `in an earlier series (${keyText(earlier)}): ${changeText(last, earlier)}`;
  }
  return null;
}

/** `baseline 212 ms, run … (release r19), accepted by ci`. */
function baselineText(baseline: TrendBaseline | null, { unit }: Pick<Series, 'unit'>): string {
  if (baseline === null) return 'no accepted baseline';
  const { kind, value, run, release, acceptedBy } = baseline;
  const what = kind === 'nightly' ? 'newest nightly baseline' : 'baseline';
  return `${what} ${formatValue(value, unit)}, run ${run} (release ${release}), accepted by ${acceptedBy}`;
}

/** Why the series starts where it does; null for the first. */
function startText({ apart, points }: Series): string | null {
  const [first] = points;
  if (apart.length === 0 || first === undefined) return null;
  return `new series with run ${first.run}, compared with none before it: ${apart.join('; ')}`;
}

/** How many runs did not judge it, or judged it and brought no value, with why the last did not; none where all did. */
function silenceTexts({ silent, notJudged, series }: CriterionHistory): readonly string[] {
  const last = silent.at(-1);
  const judged = silent.length + series.reduce((sum, { points }) => sum + points.length, 0);
  const all = counted(judged + notJudged, 'run', 'runs');
  return [
    ...(last === undefined
      ? []
      : [`no value in ${silent.length} of ${all}, the last time in ${last.run} (${last.reason})`]),
    ...(notJudged === 0 ? [] : [`not judged in ${notJudged} of ${all}`]),
  ];
}

/** What is worth a word of a point: that it is the baseline, that a change begins with it. */
export function marksOf(point: TrendPoint, { changes, baseline, unit }: Series): string[] {
  return [
    ...(baseline?.run === point.run ? ['baseline'] : []),
    ...(changes ?? []).flatMap((change) => {
      if (change.first === point) {
        return [`${change.kind === 'step' ? '' : 'drift begins: '}${shortChangeText(change, { unit })}`];
      }
      return change.kind === 'drift' && change.last === point ? [change.goesOn ? 'drift goes on' : 'drift ends'] : [];
    }),
  ];
}
