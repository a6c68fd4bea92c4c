import { describe, expect, it } from 'vitest';
import { outlierNight, simulatedNights } from '../../../../checks/simulated-nights.ts';
import { whyNotAcceptable } from '../../../store/accept.ts';
import { decisionAt, runOf } from '../../../store/runs.fixture.ts';
import type { StoredRun } from '../../../store/stored-run.ts';
import { assembleHistory } from '../assemble-history.ts';
import { renderCriterionHistory, renderHistory, renderTrend } from './render-history.ts';
import { renderHistoryCsv } from './render-history-csv.ts';
import { renderHistoryHtml } from './render-history-html.ts';

const cold = 'cold-start.diff-visible';
const terminal = { width: 80, ascii: false };
const accept =
  'look at the difference, then accept it with: npx vitest run harness/features/history/page/render-history.test.ts -u';

function historyOf(runs: readonly StoredRun[], criterion?: string) {
  const accepted = runs
    .filter((run) => whyNotAcceptable(run) === null)
    .map((run) => ({ ...decisionAt(run.finishedAt, run), kind: 'nightly' as const, by: 'nightly rule' }));
  return assembleHistory({ rollout: 'a rollout', runs, accepted, ...(criterion === undefined ? {} : { criterion }) });
}

/** With a run of which one criterion was not seen. */
const withSilence = (): StoredRun[] => [
  ...simulatedNights(26),
  runOf({ id: '20261026T150000Z-nightly-00ff', profile: 'nightly', startedAt: '2026-10-26T15:00:00.000Z' }),
];

describe('the history in a terminal', () => {
  it.each([
    ['history', renderHistory(historyOf(simulatedNights(26)), terminal)],
    ['history-new-series', renderHistory(historyOf(simulatedNights(30)), terminal)],
    ['history-criterion', renderCriterionHistory(historyOf(simulatedNights(30), cold), terminal)],
    ['history-silent', renderHistory(historyOf(withSilence()), terminal)],
    ['history-trend', renderTrend(historyOf(simulatedNights(26)), terminal)],
    ['history-trend-young', renderTrend(historyOf(withSilence().slice(-2)), terminal)],
    ['history-ascii', renderHistory(historyOf(simulatedNights(26)), { ...terminal, ascii: true })],
  ])('is as the golden file has it, in 80 columns: %s', async (name, text) => {
    for (const line of text.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
    await expect(text).toMatchFileSnapshot(`golden/${name}.txt`, accept);
  });

  it('is no trend of one run', () => {
    expect(renderTrend(historyOf(simulatedNights(1)), terminal)).toBe(
      'Trend: none yet, this is the first run; a change can be told with 10 runs.\n',
    );
  });

  it('has nothing but ASCII where that is asked for', () => {
    const runs = simulatedNights(26).map((run) => ({ ...run, release: 'Größe → 日本' }));
    expect(renderHistory(historyOf(runs), { ...terminal, ascii: true })).toMatch(/^[\n\x20-\x7E]*$/);
  });

  it('lets no control sequence through, and says that nothing is remembered', () => {
    const runs = simulatedNights(12).map((run) => ({ ...run, release: 'r\u001B[31m\nx' }));
    expect(renderCriterionHistory(historyOf(runs, cold), terminal)).not.toMatch(/\u001B|^x/m);
    expect(renderHistory(historyOf([]), terminal)).toBe('a rollout: No run is remembered that this asks for.\n');
  });
});

describe('the history as CSV', () => {
  const rows = (runs: readonly StoredRun[]): string[][] =>
    renderHistoryCsv(historyOf(runs))
      .split('\r\n')
      .map((line) => line.split(','));

  it('has a row for each run and criterion, and marks the run that a change begins with', () => {
    const [head = [], ...all] = rows(simulatedNights(26));
    expect(all).toHaveLength(3 * 26 + 1);
    const column = (row: readonly string[], name: string): string => row[head.indexOf(name)] ?? '';
    const changed = all.filter((row) => column(row, 'change') !== '' && column(row, 'criterion') === cold);
    expect(changed.map((row) => column(row, 'release'))).toEqual(['r20']);
    const outlier = all.find(
      (row) => column(row, 'release') === `r${outlierNight}` && column(row, 'criterion') === cold,
    );
    expect(Number(column(outlier ?? [], 'value'))).toBeGreaterThan(500);
  });

  it('has a row for a run without a value, with the reason', () => {
    expect(renderHistoryCsv(historyOf(withSilence()))).toContain(',no-evidence,');
  });

  it('quotes what would break a row', () => {
    const runs = simulatedNights(1).map((run) => ({ ...run, release: 'a, "b"\nc' }));
    expect(renderHistoryCsv(historyOf(runs))).toContain('"a, ""b""\nc"');
  });
});

describe('the history as a page', () => {
  const page = renderHistoryHtml(historyOf(simulatedNights(30)));

  it('is self-contained, under the policy of the gate report', () => {
    expect(page).toContain(`content="default-src 'none'; style-src`);
    expect(page).not.toMatch(/\bsrc=|https?:(?!\/\/www\.w3\.org\/)|style="/);
  });

  it('names what changed first, and shows series, limit, baseline and units', () => {
    expect(page.indexOf('What changed')).toBeLessThan(page.indexOf('class="plot"'));
    for (const text of [
      'new series',
      'limit &lt; 500 ms',
      'baseline ',
      'ms</text>',
      'Chromium 157, a machine',
      'drift, worse by',
    ]) {
      expect(page).toContain(text);
    }
  });

  it('escapes what others wrote', () => {
    const runs = simulatedNights(12).map((run) => ({ ...run, release: '<img onerror=alert(1)>' }));
    expect(renderHistoryHtml(historyOf(runs))).not.toContain('<img');
  });

  it('draws one run, and says where there is none', () => {
    expect(renderHistoryHtml(historyOf(simulatedNights(1)))).toContain('a change can be told from 10 on');
    expect(renderHistoryHtml(historyOf([]))).toContain('No run is remembered');
    expect(renderHistoryHtml(historyOf([runOf({ id: 'one' })]))).toContain('No value in 1 of 1 run');
  });
});
