/** Histories for a terminal: of all criteria a few lines each, of one every run. */
import { formatLimit, formatValue } from '../../../lib/format.ts';
import type { Outcome } from '../../../model/outcome.ts';
import { oneLine } from '../../../report/plain-text.ts';
import { sparkline } from '../../../report/sparkline.ts';
import { displayWidth, fit, wrap } from '../../../report/terminal-text.ts';
import { counted, outcomeWords } from '../../../report/wording.ts';
import type { CriterionHistory, History, Series, SilentRun, TrendPoint } from '../model.ts';
import { changeText, currentSeries, keyText, marksOf, placeText, saidOf, spanText } from './history-wording.ts';

export interface HistoryOptions {
  /** Columns. */
  readonly width: number;
  /** For a terminal that shows nothing else. */
  readonly ascii: boolean;
}

const valueColumns = 10;

/** Lines joined by line feeds, ending in one, at most `width` columns: the newest values with what changed last. */
export function renderHistory(history: History, options: HistoryOptions): string {
  const places = Map.groupBy(history.criteria, placeText);
  const sections = [...places].map(([place, criteria]) => [
    ...wrapped(place, { width: options.width, indent: 0 }),
    ...criteria.flatMap((one) => overview(one, { ...options, fewestRuns: history.fewestRuns })),
  ]);
  return text([heading(history, options), ...sections], options);
}

/** The same for one criterion, with a table of its runs, oldest first. */
export function renderCriterionHistory(history: History, options: HistoryOptions): string {
  const sections = history.criteria.map((one) => [
    ...wrapped(placeText(one), { width: options.width, indent: 0 }),
    ...overview(one, { ...options, fewestRuns: history.fewestRuns }),
    ...runTable(one, options),
  ]);
  return text([heading(history, options), ...sections], options);
}

/** The nights so far at the end of a nightly gate: a line each, what changed in the series that go on, what is not seen. */
export function renderTrend(history: History, options: HistoryOptions): string {
  if (history.runs === 1) {
    const only = `Trend: none yet, this is the first run; a change can be told with ${history.fewestRuns} runs.`;
    return text([wrapped(only, { width: options.width, indent: 0 })], options);
  }
  const lines = history.criteria.flatMap((one) => {
    const series = currentSeries(one);
    if (series === undefined) return overview(one, { ...options, fewestRuns: history.fewestRuns });
    const last = series.changes?.at(-1);
    const change = last === undefined ? [] : wrapped(changeText(last, series), { width: options.width, indent: 2 });
    return [valueLine(one, series, options), ...change];
  });
  const young = history.criteria.filter((one) => currentSeries(one)?.changes === null).length;
  const note = `${counted(young, 'series has', 'series have')} fewer than ${history.fewestRuns} runs: too few to tell a change.`;
  const head = wrapped(`Trend: ${spanText(history)}`, { width: options.width, indent: 0 });
  return text(
    [[...head, ...lines, ...(young === 0 ? [] : wrapped(note, { width: options.width, indent: 0 }))]],
    options,
  );
}

function heading(history: History, { width }: HistoryOptions): readonly string[] {
  return wrapped(`${history.rollout}: ${spanText(history)}`, { width, indent: 0 });
}

function overview(
  one: CriterionHistory,
  { width, ascii, fewestRuns }: HistoryOptions & { readonly fewestRuns: number },
): readonly string[] {
  const series = currentSeries(one);
  const said = saidOf(one, fewestRuns).flatMap((each) => wrapped(each, { width, indent: 2 }));
  if (series === undefined) return [fit(oneLine(one.criterion), width).trimEnd(), ...said];
  return [valueLine(one, series, { width, ascii }), ...said];
}

/** As many of the newest values as there is room for, the newest, and the limit. */
function valueLine(one: CriterionHistory, { points, unit }: Series, { width, ascii }: HistoryOptions): string {
  const newest = points.at(-1);
  const idColumns = Math.min(34, width - 44);
  const sparkColumns = width - idColumns - 2 * (valueColumns + 1) - 1;
  const shown = points.slice(-sparkColumns).map(({ value }) => value);
  return [
    fit(oneLine(one.criterion), idColumns),
    fit(sparkline(shown, { ascii }), sparkColumns),
    fit(newest === undefined ? '–' : formatValue(newest.value, unit), valueColumns, 'right'),
    fit(formatLimit(one.limit), valueColumns, 'right'),
  ].join(' ');
}

type Row = { readonly point: TrendPoint; readonly series: Series } | { readonly silent: SilentRun };

function runTable({ series, silent }: CriterionHistory, options: HistoryOptions): readonly string[] {
  const rows: Row[] = [
    ...series.flatMap((one) => one.points.map((point) => ({ point, series: one }))),
    ...silent.map((run) => ({ silent: run })),
  ].sort((one, other) => compare(startOf(one), startOf(other)));
  let before: Series | undefined;
  return rows.flatMap((row) => {
    if ('silent' in row) return silentLines(row.silent, options);
    const isOther = row.series !== before;
    before = row.series;
    return [...(isOther ? seriesLines(row.series, options) : []), ...pointLines(row.point, row.series, options)];
  });
}

/** Where runs of two series take turns, each return is said. */
function seriesLines(series: Series, { width }: HistoryOptions): readonly string[] {
  const head = { run: 'run', value: series.statistic, outcome: 'outcome', release: 'release' };
  return ['', ...wrapped(keyText(series), { width, indent: 0 }), ...runLines(head, '', { width })];
}

function pointLines(point: TrendPoint, series: Series, options: HistoryOptions): readonly string[] {
  const { run, release, value, outcome } = point;
  const cells = { run, release, value: formatValue(value, series.unit), outcome: outcomeWord(outcome) };
  return runLines(cells, marksOf(point, series).join(', '), options);
}

function silentLines({ run, release, outcome, reason }: SilentRun, options: HistoryOptions): readonly string[] {
  return runLines({ run, release, value: '–', outcome: outcomeWord(outcome) }, reason, options);
}

interface RunCells {
  readonly run: string;
  readonly release: string;
  readonly value: string;
  readonly outcome: string;
}

const runColumns = 30;
const outcomeColumns = 12;

/** Marks stand below where they do not fit beside. */
function runLines(
  { run, release, value, outcome }: RunCells,
  marks: string,
  { width }: Pick<HistoryOptions, 'width'>,
): readonly string[] {
  const columns = [fit(oneLine(run), runColumns), fit(value, valueColumns, 'right'), fit(outcome, outcomeColumns)];
  const left = width - runColumns - valueColumns - outcomeColumns - 3;
  const beside = marks === '' ? oneLine(release) : `${oneLine(release)}  ${marks}`;
  if (displayWidth(beside) <= left) return [[...columns, beside].join(' ').trimEnd()];
  return [
    [...columns, fit(oneLine(release), left)].join(' ').trimEnd(),
    ...(marks === '' ? [] : wrapped(`^ ${marks}`, { width, indent: 2 })),
  ];
}

/** A failure stands out by its capitals where there is no colour. */
function outcomeWord(outcome: Outcome): string {
  return outcome === 'fail' ? outcomeWords[outcome].toUpperCase() : outcomeWords[outcome];
}

function startOf(row: Row): string {
  return 'silent' in row ? row.silent.startedAt : row.point.startedAt;
}

function wrapped(
  words: string,
  { width, indent }: { readonly width: number; readonly indent: number },
): readonly string[] {
  return wrap(oneLine(words, 600), width - indent).map((line) => ' '.repeat(indent) + line);
}

function text(sections: readonly (readonly string[])[], { ascii }: HistoryOptions): string {
  const all = `${sections.map((section) => section.join('\n')).join('\n\n')}\n`;
  return ascii
    ? all
        .replaceAll('…', '~')
        .replaceAll('–', '-')
        .replaceAll('×', 'x')
        .replace(/[^\n\x20-\x7E]/g, '?')
    : all;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
