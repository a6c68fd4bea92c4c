import { describe, expect, it } from 'vitest';
import { renderMarkdownDocument } from '../../../report/formats/markdown.ts';
import { renderTerminalDocument } from '../../../report/formats/terminal.ts';
import { pageProblems, parsedPage } from '../../../report/html/page-check.fixture.ts';
import { advance, startWatch } from '../engine/advance.ts';
import { evaluateWatch } from '../engine/evaluate-watch.ts';
import { feed, healthy, minute, planOf, type World, watched, watchOf } from '../engine/simulated.fixture.ts';
import type { WatchReport } from '../model.ts';
import { renderWatchScreen } from './render-watch-screen.ts';
import { renderWatchEvent, renderWatchVerdict } from './render-watch-terminal.ts';
import { renderWatchPage, watchDocument } from './watch-document.ts';
import { doingText, limitsText } from './wording.ts';

const began = '2026-11-28T14:00:00.000Z';
const page = { colour: false, width: 80, ascii: false };
const meanwhile = { sinceMs: 0, doing: null, folder: 'reports/watches/w', height: null };
const cost = { peakMemoryMB: 180, cores: 0.06 };
const hint = 'look at the difference, then accept it with: npx vitest run harness/features/watch/page -u';

const faulty = (atMs: number): World =>
  atMs >= 40 * minute && atMs < 60 * minute ? { ...healthy, errorShare: 0.3, paintMs: 1500 } : healthy;
const stillFaulty = (atMs: number): World => (atMs >= 40 * minute ? { ...healthy, errorShare: 0.3 } : healthy);

const reports: { readonly [name: string]: () => WatchReport } = {
  success: () => evaluateWatch(watched(() => healthy, 3).state, cost),
  failed: () => evaluateWatch(watched(faulty, 5).state, cost),
  watching: () => evaluateWatch(feed(startWatch(planOf()), watchOf(stillFaulty, 5, 50 * minute)).state, null),
};

/** What a watch's page has beside the texts of its document. */
function checkPage(page: Document, { courses, alerts, logWindows, rollback, standing }: WatchReport): void {
  const charts = [...page.querySelectorAll('#courses ~ section')];
  const drawn = courses.filter(({ alert, points }) => alert !== null || points.some(({ value }) => value > 0));
  expect(charts.map((one) => one.querySelector('h3')?.textContent)).toEqual(
    drawn.map(({ title, id }) => `${title} (${id})`),
  );
  for (const [index, { points, limit, alert, id }] of drawn.entries()) {
    const figure = charts[index]?.querySelector('figure');
    expect(figure?.querySelectorAll('svg circle')).toHaveLength(points.length);
    const bands = figure?.querySelectorAll('svg rect').length ?? 0;
    expect(bands).toBe(alerts.filter((one) => one.id === id).length);
    expect(figure?.querySelector('figcaption')?.textContent).toContain(limitsText({ limit, alert }));
  }
  const badges = [...page.querySelectorAll('section[aria-labelledby="alerts"] li.item > p .outcome')];
  expect(badges.map(({ textContent }) => textContent)).toEqual(
    alerts.toReversed().map(({ recoveredAt }) => (recoveredAt === null ? 'stands' : 'recovered')),
  );
  const commands = [...page.querySelectorAll('section[aria-labelledby="back"] .command pre')];
  expect(commands.map(({ textContent }) => textContent)).toEqual(
    standing === 'failed' ? rollback.steps.flatMap(({ command }) => command ?? []) : [],
  );
  const windows = page.querySelectorAll('section[aria-labelledby="windows"] tbody tr');
  expect(windows).toHaveLength(logWindows.length);
}

describe('the documents of a watch', () => {
  it.each(Object.entries(reports))('say what a watch that is %s came to', async (name, reportOf) => {
    const report = reportOf();
    const terminal = `${renderWatchScreen(report, page, meanwhile).join('\n')}\n\n${renderTerminalDocument(watchDocument(report), page)}`;
    for (const line of terminal.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
    await expect(terminal).toMatchFileSnapshot(`golden/${name}.txt`, hint);
    await expect(renderMarkdownDocument(watchDocument(report))).toMatchFileSnapshot(`golden/${name}.md`, hint);
    const text = renderWatchPage(report);
    expect(pageProblems(text, watchDocument(report))).toEqual([]);
    checkPage(parsedPage(text), report);
  });

  it('follow along only while there is something to follow', () => {
    expect(renderWatchPage(evaluateWatch(startWatch(planOf()), null))).toContain('data-refresh-s="15"');
    expect(renderWatchPage(evaluateWatch(watched(() => healthy, 3).state, cost))).not.toContain('data-refresh-s="');
  });

  it('tell as it happens', async () => {
    const { events } = watched(faulty, 5);
    const lines = events.map((event) => renderWatchEvent(event, page)).join('');
    for (const line of lines.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
    await expect(lines).toMatchFileSnapshot('golden/events.txt', hint);
    const coloured = events.map((event) => renderWatchEvent(event, { ...page, colour: true })).join('');
    expect(coloured).toContain('\u001B[31m');
  });

  const standing = (): WatchReport => reports['watching']?.() ?? evaluateWatch(startWatch(planOf()), null);

  it('name no success criteria where a stage is asked for none', () => {
    const report = evaluateWatch(startWatch(planOf({ successCriteria: [] })), null);
    const all = [
      renderTerminalDocument(watchDocument(report), page),
      renderMarkdownDocument(watchDocument(report)),
      renderWatchPage(report),
    ];
    expect(all.filter((text) => /Success criteria|0 of 0/.test(text))).toEqual([]);
  });

  it('end in one line that says it all, where the rest may have scrolled away', () => {
    const { success, failed } = reports;
    expect([success, failed].map((of) => of && renderWatchVerdict(of(), page))).toEqual([
      'SUCCESS: All 6 success criteria are met.\n',
      'FAILED: Failed: /diff: error rate; failed: First contentful paint.\n',
    ]);
    const open = evaluateWatch(
      advance(startWatch(planOf()), { kind: 'end', atMs: 1, at: began, why: 'time' }).state,
      null,
    );
    expect(renderWatchVerdict(open, page)).toBe('INCONCLUSIVE: Success criteria: 0 of 6 met.\n');
  });

  it('say once what is the same of several, and only the beginning of what is pages long', () => {
    const { findings, ...rest } = evaluateWatch(startWatch(planOf()), null);
    const message = `nothing was seen of it: ${'the browser crashed '.repeat(50)}`;
    const same = findings.map((finding) => ({ ...finding, message, needs: 'samples' }));
    const text = renderTerminalDocument(watchDocument({ ...rest, findings: same }), page);
    expect(text.match(/nothing was seen of it/g)).toHaveLength(1);
    expect(text).toMatch(/inconclusive diff\.latency-p95, diff\.error-rate,/);
    expect(text.match(/the browser crashed/g)?.length).toBeLessThan(15);
  });

  it.each([24, 12, 8])('fit on a screen of %i rows, what is worst first', (height) => {
    const report = standing();
    const lines = renderWatchScreen(report, page, { ...meanwhile, height });
    expect(lines.length).toBeLessThan(height);
    for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(80);
    expect(lines[0]).toMatch(/^ALERT {2}14:49:30 UTC, 49 min 30 s of 2 h 00 min; 1 alert stands$/);
    expect(lines.join('\n')).toContain('Rollback plan (backend): npx rampgate rollback reports/watches/w');
    const hidden = height < 12;
    expect(lines.filter((line) => line.startsWith('✖ diff.error-rate'))).toHaveLength(hidden ? 0 : 1);
  });

  it('say from the first moment what is watched, and what is done right now', () => {
    const lines = renderWatchScreen(evaluateWatch(startWatch(planOf()), null), page, {
      ...meanwhile,
      sinceMs: 4900,
      doing: doingText({ sources: [], untilMs: 30_000 }, 4900),
    });
    expect(lines[0]).toBe('WATCHING  14:00:04 UTC, 4.0 s of 2 h 00 min; no alert');
    expect(lines[1]).toMatch(/; next sample in 26 s$/);
    expect(lines.filter((line) => line.startsWith('· '))).toHaveLength(
      planOf().criteria.length + planOf().rates.length + 1,
    );
  });

  it.each([40, 60, 80, 120])('keep to %i columns, with marks that any terminal has', (width) => {
    const lines = renderWatchScreen(standing(), { ...page, width, ascii: true }, meanwhile);
    for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(width);
    expect(lines.filter((line) => line.startsWith('X diff.err'))).toHaveLength(width < 60 ? 0 : 1);
    expect(lines.filter((line) => line.startsWith('X '))).not.toEqual([]);
    expect(lines.join('')).not.toMatch(/[▁-█✔✖]/);
  });
});
