import { describe, expect, it } from 'vitest';
import { startWatch } from '../../watch/advance.ts';
import { concludeWatch } from '../../watch/conclude-watch.ts';
import { healthy, minute, planOf, tell, type World, watched, watchOf } from '../../watch/simulated.fixture.ts';
import type { WatchReport } from '../../watch-model.ts';
import { renderWatchHtml } from './render-watch-html.ts';
import { renderWatchMarkdown } from './render-watch-markdown.ts';
import { renderWatchEnd, renderWatchEvent, renderWatchScreen } from './render-watch-terminal.ts';

const page = { colour: false, width: 80, ascii: false };
const cost = { peakMemoryMB: 180, cores: 0.06 };
const hint = 'look at the difference, then accept it with: npx vitest run harness/report/watch -u';

const faulty = (atMs: number): World =>
  atMs >= 40 * minute && atMs < 60 * minute ? { ...healthy, errorShare: 0.3, paintMs: 1500 } : healthy;
const stillFaulty = (atMs: number): World => (atMs >= 40 * minute ? { ...healthy, errorShare: 0.3 } : healthy);

const reports: { readonly [name: string]: () => WatchReport } = {
  success: () => concludeWatch(watched(() => healthy, 3).state, cost),
  failed: () => concludeWatch(watched(faulty, 5).state, cost),
  watching: () => concludeWatch(tell(startWatch(planOf()), watchOf(stillFaulty, 5, 50 * minute)).state, null),
};

/** Without the style and the script that every page has. */
function ownPart(whole: string): string {
  return whole.replace(/^[\s\S]*<main>/, '<main>').replace(/<\/main>[\s\S]*$/, '</main>\n');
}

describe('the documents of a watch', () => {
  it.each(Object.entries(reports))('say what a watch that is %s came to', async (name, reportOf) => {
    const report = reportOf();
    const terminal = `${renderWatchScreen(report, page)}\n${renderWatchEnd(report, page)}`;
    for (const line of terminal.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
    await expect(terminal).toMatchFileSnapshot(`golden/${name}.txt`, hint);
    await expect(renderWatchMarkdown(report)).toMatchFileSnapshot(`golden/${name}.md`, hint);
    await expect(ownPart(renderWatchHtml(report))).toMatchFileSnapshot(`golden/${name}.html`, hint);
  });

  it('follow along only while there is something to follow', () => {
    expect(renderWatchHtml(concludeWatch(startWatch(planOf()), null))).toContain('http-equiv="refresh"');
    expect(renderWatchHtml(concludeWatch(watched(() => healthy, 3).state, cost))).not.toContain('http-equiv="refresh"');
  });

  it('tell as it happens', async () => {
    const { events } = watched(faulty, 5);
    const lines = events.map((event) => renderWatchEvent(event, page)).join('');
    for (const line of lines.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
    await expect(lines).toMatchFileSnapshot('golden/events.txt', hint);
    const coloured = events.map((event) => renderWatchEvent(event, { ...page, colour: true })).join('');
    expect(coloured).toContain('\u001B[31m');
  });
});
