/** Histories as one self-contained page: what changed first, then a chart of each criterion with its runs. */
import { formatInterval, formatLimit, formatValue } from '../../../lib/format.ts';
import { html, type Markup, outcomeBadge } from '../../../report/html/markup.ts';
import { renderPage } from '../../../report/html/page.ts';
import { asSentence } from '../../../report/wording.ts';
import type { CriterionHistory, History, Series, TrendPoint } from '../model.ts';
import { changeText, currentSeries, keyText, marksOf, placeText, saidOf, spanText } from './history-wording.ts';
import { trendChart } from './trend-chart.ts';

/** An HTML document without links to other files. */
export function renderHistoryHtml(history: History): string {
  const { rollout, criteria, fewestRuns } = history;
  const places = Map.groupBy(criteria, placeText);
  const main = html`<header class="banner">
      <p class="rollout">${rollout}</p>
      <h1>History</h1>
      <p class="headline">${asSentence(spanText(history))}</p>
    </header>
    ${changesFirst(criteria)} ${[...places].map(([place, there]) => placeSection(place, there, fewestRuns))}`;
  return renderPage({ title: `History: ${rollout}`, main });
}

/** The last change of each series: what a reader came for. */
function changesFirst(criteria: readonly CriterionHistory[]): Markup {
  const changed = criteria.flatMap((one) =>
    one.series.toReversed().flatMap((series) => {
      const last = series.changes?.at(-1);
      const where = series === currentSeries(one) ? '' : `, in an earlier series (${keyText(series)})`;
      return last === undefined ? [] : [{ one, last, text: asSentence(`${changeText(last, series)}${where}`) }];
    }),
  );
  const worseFirst = [
    ...changed.filter(({ last }) => last.direction === 'worse'),
    ...changed.filter(({ last }) => last.direction === 'better'),
  ];
  return html`<section aria-labelledby="changed">
    <h2 id="changed">What changed</h2>
    ${changed.length === 0 ? html`<p class="quiet">Nothing that can be told from noise.</p>` : null}
    <ol class="steps">
      ${worseFirst.map(
        ({ one, text }) => html`<li><a href=${`#${anchorOf(one)}`}>${one.criterion}</a> <span>${text}</span></li>`,
      )}
    </ol>
  </section>`;
}

function placeSection(place: string, criteria: readonly CriterionHistory[], fewestRuns: number): Markup {
  return html`<section>
    <h2>${place}</h2>
    <div class="findings">${criteria.map((one) => criterionDetails(one, fewestRuns))}</div>
  </section>`;
}

function criterionDetails(one: CriterionHistory, fewestRuns: number): Markup {
  const series = currentSeries(one);
  const newest = series?.points.at(-1);
  const isChanged = one.series.some(({ changes }) => (changes ?? []).length > 0);
  return html`<details id=${anchorOf(one)} open=${isChanged}>
    <summary>
      <span>${newest === undefined ? outcomeBadge('inconclusive', 'no value') : outcomeBadge(newest.outcome)}</span>
      <span class="what"><span class="title">${one.criterion}</span></span>
      <span class="number">${series === undefined || newest === undefined ? '–' : formatValue(newest.value, series.unit)}</span>
      <span class="number limit">${formatLimit(one.limit)}</span>
    </summary>
    <div class="finding">
      ${saidOf(one, fewestRuns).map((each) => html`<p class="message">${each}</p>`)}
      ${trendChart(one)} ${one.series.toReversed().map(seriesTable)}
    </div>
  </details>`;
}

/** Newest first: what one looks for is at the top. */
function seriesTable(series: Series): Markup {
  return html`<div class="scroll" tabindex="0">
    <h3>${keyText(series)}</h3>
    <table class="parts">
      <thead>
        <tr><th>Run</th><th>Release</th><th class="number">${series.statistic}</th><th class="number">Interval</th><th>Outcome</th><th></th></tr>
      </thead>
      <tbody>${series.points.toReversed().map((point) => pointRow(point, series))}</tbody>
    </table>
  </div>`;
}

function pointRow(point: TrendPoint, series: Series): Markup {
  const { run, release, value, lower, upper, outcome } = point;
  const interval = lower === null && upper === null ? '' : formatInterval([lower, upper], series.unit);
  return html`<tr>
    <td>${run}</td>
    <td>${release}</td>
    <td class="number">${formatValue(value, series.unit)}</td>
    <td class="number">${interval}</td>
    <td>${outcomeBadge(outcome)}</td>
    <td>${marksOf(point, series).join(', ')}</td>
  </tr>`;
}

function anchorOf({ criterion, target, environment, profile }: CriterionHistory): string {
  return [criterion, target, environment, profile].map(encodeURIComponent).join('/');
}
