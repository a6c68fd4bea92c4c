/** A run that a drill had its hand in says so first, in every document that people read. */
import { describe, expect, it } from 'vitest';
import { type GateReport, parseGateReport } from '../model/gate-report.ts';
import type { DrillMark } from '../model/run.ts';
import { gateMessage } from './chat/gate-message.ts';
import { renderSlack } from './chat/render-slack.ts';
import { renderTeams } from './chat/render-teams.ts';
import { renderCtrf } from './ci/render-ctrf.ts';
import { renderAnnotations } from './ci/render-github.ts';
import { renderJunit } from './ci/render-junit.ts';
import { goReport } from './fixtures/gate-reports.fixture.ts';
import { renderMarkdown, renderTerminal } from './gate-document.ts';
import { renderHtml } from './render-html.ts';

const { report: go } = goReport;
const proxyOf = { web: 'https://staging.test', api: 'https://api.staging.test' };
const drilled = (drill: DrillMark): GateReport => ({ ...go, run: { ...go.run, drill } });
const inTerminal = (drill: DrillMark): string =>
  renderTerminal(drilled(drill), { colour: false, width: 80 }).replaceAll('\n', ' ');

describe('a run of a drill', () => {
  it.each<[string, DrillMark, string]>([
    [
      'through a proxy',
      { fault: 'slow-diff (350 ms)', proxyOf },
      'the fault proxy of a drill stood before https://staging.test and https://api.staging.test, which planted slow-diff (350 ms).',
    ],
    [
      'through a proxy without a fault',
      { fault: 'no-fault', proxyOf },
      'https://api.staging.test, with no fault in it.',
    ],
    ['by a command', { fault: 'slow-diff (350 ms)' }, 'a drill planted slow-diff (350 ms) in it.'],
  ])('says first that it is none of its target as it is: %s', (_, mark, words) => {
    const text = inTerminal(mark);
    expect(text).toMatch(/^GO .*Part of a drill, and no run of staging as it is: /);
    expect(text).toContain(words);
  });

  it('says so in the page, its title, Markdown and JSON', () => {
    const report = drilled({ fault: 'slow-diff (350 ms)', proxyOf });
    const page = renderHtml(report, { evidence: [] });
    expect(page).toContain('<title>Go: drill of staging 0.4.0-rc2</title>');
    expect(page).toContain('Part of a drill, and no run of staging as it is');
    expect(renderMarkdown(report)).toContain('⚠️ Part of a drill, and no run of staging as it is');
    const message = gateMessage(report);
    for (const text of [renderJunit(report), renderCtrf(report)]) expect(text).toContain('drill of staging');
    for (const text of [renderSlack(message), renderTeams(message), renderAnnotations(report)]) {
      expect(text).toContain('drill of staging 0.4.0-rc2');
      expect(text).toContain('Part of a drill, and no run of staging as it is');
    }
    expect(parseGateReport(JSON.parse(JSON.stringify(report))).run.drill).toEqual(report.run.drill);
  });
});
