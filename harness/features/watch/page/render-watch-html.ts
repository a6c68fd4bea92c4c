/** A watch as one self-contained page: written anew after every round, it follows along until the watch has ended. */
import { formatDuration, formatLimit } from '../../../lib/format.ts';
import { html, type Markup, outcomeBadge, runFileLink, verdictIcon } from '../../../report/html/markup.ts';
import { renderPage } from '../../../report/html/page.ts';
import { rollbackPlan } from '../../../report/html/rollback-plan.ts';
import { asSentence, instantText, isWorthAWord, rowOutcome } from '../../../report/wording.ts';
import type { Alert, Course, WatchReport } from '../model.ts';
import { courseChart } from './time-series-chart.ts';
import {
  alertSpanText,
  costText,
  pointText,
  progressText,
  rowsText,
  timeText,
  watchMeaning,
  watchTitle,
} from './wording.ts';

/** A page that follows along is loaded anew so often. */
const REFRESH_S = 15;

export function renderWatchHtml(report: WatchReport): string {
  const { watch } = report;
  return renderPage({
    title: `${watchTitle(report)}: watch of ${watch.target.name}, release ${watch.target.release}`,
    styles,
    ...(watch.ended === null ? { refreshS: REFRESH_S } : {}),
    main: html`${banner(report)} ${alertSection(report)} ${backSection(report)} ${rows(report)} ${charts(report)} ${logWindows(report)} ${open(report)} ${gaps(report)} ${identity(report)}`,
  });
}

/** The colours and shapes are those of a verdict; whoever still watches has none. */
const asVerdict = { watching: 'inconclusive', success: 'go', inconclusive: 'inconclusive', failed: 'no-go' } as const;

function banner(report: WatchReport): Markup {
  const { watch, standing, because } = report;
  const verdict = asVerdict[standing];
  const isWatching = standing === 'watching';
  return html`<header class=${`banner ${isWatching ? 'watching' : verdict}`}>
    <p class="rollout">${`Watch of ${watch.rollout}`}${watch.stage === null ? '' : `: ${watch.stage.title}`}</p>
    <h1>${isWatching ? null : verdictIcon(verdict)}<span>${watchTitle(report)}</span></h1>
    <p class="headline">${because} <strong>${watchMeaning(report)}</strong></p>
    ${watch.ended === 'interrupted' ? html`<p class="interrupted">${`Interrupted. Go on with it: npx rampgate watch --resume ${watch.id}`}</p>` : null}
    <dl class="facts">
      <div><dt>Target</dt><dd>${`${watch.target.name}, release ${watch.target.release}`}</dd></div>
      <div><dt>Watched</dt><dd>${`${formatDuration(watch.elapsedMs)} of ${formatDuration(watch.durationMs)}`}</dd></div>
      <div><dt>Last seen</dt><dd>${`${timeText(watch.seenAt)} UTC`}</dd></div>
      ${report.successCriteria.length === 0 ? null : html`<div><dt>Success criteria</dt><dd>${rowsText(report)}</dd></div>`}
    </dl>
  </header>`;
}

function alertSection(report: WatchReport): Markup {
  const { alerts } = report;
  if (alerts.length === 0) return html`<p class="quiet">${progressText(report)}</p>`;
  return html`<section aria-labelledby="alerts">
    <h2 id="alerts">Alerts</h2>
    <ul class="rows">${alerts.toReversed().map((alert) => oneAlert(alert, report))}</ul>
  </section>`;
}

function oneAlert(alert: Alert, report: WatchReport): Markup {
  const { title, message, values, seen, advice, limit, recoveredAt } = alert;
  return html`<li class="alert">
    <p>${outcomeBadge(recoveredAt === null ? 'fail' : 'pass', recoveredAt === null ? 'stands' : 'recovered')} <b>${title}</b>${limit === null ? null : html` <span class="tag">${formatLimit(limit)}</span>`}</p>
    <p>${asSentence(message)}</p>
    <p class="sentence quiet">${asSentence(alertSpanText(alert))}</p>
    ${values.length === 0 ? null : html`<p class="quiet">${`Values: ${values.map(pointText).join(', ')}.`}</p>`}
    ${seen.length === 0 ? null : html`<ul class="seen">${seen.map((one) => html`<li><code>${one}</code></li>`)}</ul>`}
    <p class="advice">${advice}</p>
    ${recoveredAt === null ? rollbackOf(alert, report) : null}
  </li>`;
}

/** Not twice: what the way back of the whole watch has is there. */
function rollbackOf({ rollback }: Alert, report: WatchReport): Markup {
  const whole = new Set(isBackShown(report) ? report.rollback.steps.map(({ title }) => title) : []);
  if (rollback.steps.length > 0 && rollback.steps.every(({ title }) => whole.has(title))) {
    return html`<p><a href="#back">The way back</a></p>`;
  }
  return rollbackPlan(rollback);
}

function isBackShown({ standing, rollback }: WatchReport): boolean {
  return standing === 'failed' && rollback.steps.length > 0;
}

function backSection(report: WatchReport): Markup {
  if (!isBackShown(report)) return null;
  return html`<section aria-labelledby="back">
    <h2 id="back">The way back</h2>
    ${rollbackPlan(report.rollback)}
  </section>`;
}

function rows({ successCriteria }: WatchReport): Markup {
  if (successCriteria.length === 0) return null;
  return html`<section aria-labelledby="rows">
    <h2 id="rows">Success criteria</h2>
    <ul class="rows">
      ${successCriteria.map(
        (row) => html`<li>
          ${outcomeBadge(row.outcome, rowOutcome(row))}<span class="row-id">${row.id}</span>
          <span class="what">${row.title} <span class="answers">${row.findings.map((id) => html`<code>${id}</code>`)}</span></span>
        </li>`,
      )}
    </ul>
  </section>`;
}

function charts({ courses, alerts }: WatchReport): Markup {
  const drawn = courses.filter(({ alert, points }) => alert !== null || points.some(({ value }) => value > 0));
  const flat = courses.filter((course) => !drawn.includes(course));
  if (courses.length === 0) return html`<p class="quiet">Nothing was sampled yet.</p>`;
  return html`<section aria-labelledby="courses">
    <h2 id="courses">Watchpoints</h2>
    ${drawn.map((course) => oneCourse(course, alerts))}
    ${flat.length === 0 ? null : html`<p class="quiet">${`Zero all along: ${flat.map(({ id }) => id).join(', ')}.`}</p>`}
  </section>`;
}

function oneCourse(course: Course, alerts: readonly Alert[]): Markup {
  return html`<section class="course">
    <h3>${course.title} <code>${course.id}</code></h3>
    ${courseChart(
      course,
      alerts.filter(({ id }) => id === course.id),
    )}
  </section>`;
}

function logWindows({ logWindows: windows }: WatchReport): Markup {
  const sources = [...new Set(windows.map(({ source }) => source))];
  if (sources.length === 0) return null;
  return html`<section aria-labelledby="windows">
    <h2 id="windows">Log patterns, window by window</h2>
    ${sources.map((source) => {
      const own = windows.filter((window) => window.source === source);
      const patterns = [...new Set(own.flatMap(({ counts }) => Object.keys(counts)))];
      return html`<h3>${source}</h3>
        <div class="scroll" tabindex="0"><table class="parts">
          <thead><tr><th>Until</th><th class="number">Lasted</th><th class="number">Lines</th>${patterns.map((sli) => html`<th class="number">${sli.replace(/^logs\./, '')}</th>`)}</tr></thead>
          <tbody>
            ${own.map(
              ({ until, lastedMs, lines, counts }) => html`<tr>
                <td>${timeText(until)}</td><td class="number">${formatDuration(lastedMs)}</td><td class="number">${String(lines)}</td>
                ${patterns.map((sli) => html`<td class="number">${String(counts[sli] ?? 0)}</td>`)}
              </tr>`,
            )}
          </tbody>
        </table></div>`;
    })}
  </section>`;
}

/** What did not pass, and what was not looked at at all. */
function open({ findings, notExercised }: WatchReport): Markup {
  const worth = findings.filter(isWorthAWord);
  return html`<section aria-labelledby="open">
    <h2 id="open">Criteria</h2>
    <div class="scroll" tabindex="0"><table class="parts criteria">
      <thead><tr><th>Outcome</th><th>Criterion</th></tr></thead>
      <tbody>
        ${[...worth, ...findings.filter((finding) => !worth.includes(finding))].map(
          ({ outcome, title, criterion, message, needs }) => html`<tr>
            <td>${outcomeBadge(outcome)}</td>
            <td class="what"><b>${title}</b> <code>${criterion}</code><span class="said">${asSentence(message)}${needs === undefined ? '' : ` Needs: ${asSentence(needs)}`}</span></td>
          </tr>`,
        )}
      </tbody>
    </table></div>
    ${notExercised.length === 0 ? null : html`<h3>Not watched</h3>`}
    <ul class="rows">${notExercised.map(({ id, reason }) => html`<li class="unwatched"><code>${id}</code><span>${asSentence(reason)}</span></li>`)}</ul>
  </section>`;
}

function gaps({ gaps: all, sources }: WatchReport): Markup {
  return html`<section aria-labelledby="gaps">
    <h2 id="gaps">Gaps</h2>
    ${all.length === 0 ? html`<p>None: everything was seen all the time.</p>` : null}
    <ul class="rows">${all.map(({ from, message }) => html`<li class="unwatched"><span>${timeText(from)}</span><span>${asSentence(message)}</span></li>`)}</ul>
    <p class="quiet">${`Samples: ${sources.map(({ name, samples, lost }) => `${name} ${samples}${lost > 0 ? ` (${lost} lost)` : ''}`).join(', ')}.`}</p>
  </section>`;
}

function identity(report: WatchReport): Markup {
  const { watch } = report;
  const facts: readonly (readonly [string, string])[] = [
    ['Watch', watch.id],
    ['Began', instantText(watch.startedAt)],
    ['Machine', watch.machine],
    ['Rampgate', `${watch.tool.version} (${watch.tool.commit})`],
    ['Configuration', watch.configHash],
    ['False alerts', `at most ${watch.falseAlerts * 100} % of such watches have one`],
  ];
  const cost = costText(report);
  return html`<section aria-labelledby="watch">
    <h2 id="watch">This watch</h2>
    <dl class="identity">${facts.map(([term, text]) => html`<div><dt>${term}</dt><dd>${text}</dd></div>`)}</dl>
    ${cost === null ? null : html`<p class="quiet">${cost}</p>`}
    <p class="quiet">Every observation is in ${runFileLink('journal.ndjson', 'journal.ndjson')}, this report as data in ${runFileLink('watch.json', 'watch.json')}.</p>
  </section>`;
}

const styles = `
.banner.watching { border-left-color: var(--link); }
.rows li.alert, .alert .steps li { display: block; }
.alert .steps li { padding: 11px 18px 11px 48px; }
.alert .steps { margin-top: 10px; }
.alert p { margin-top: 6px; }
.rows li.unwatched { grid-template-columns: 15rem minmax(0, 1fr); }
.said { display: block; } .sentence::first-letter { text-transform: uppercase; }
.alert .outcome { margin-right: 6px; }
.criteria td:first-child { width: 8.2rem; } .criteria td.what { width: auto; }
.course { margin-top: 14px; }
.course h3 code { color: var(--quiet); font-weight: 400; }
@media (max-width: 640px) { .rows li.unwatched { grid-template-columns: minmax(0, 1fr); } }
`;
