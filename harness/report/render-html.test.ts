import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { formatLimit } from '../lib/format.ts';
import type { Finding } from '../model/finding.ts';
import { fixtureDistribution, fixtureEvidence, fixtureTimings } from './fixtures/evidence.fixture.ts';
import {
  goReport,
  hostileReport,
  hostileText,
  inconclusiveReport,
  noGoReport,
  type ReportFixture,
} from './fixtures/gate-reports.fixture.ts';
import { goldenPage } from './html/golden-page.fixture.ts';
import { missingOn, pageProblems, squeezed } from './html/page-check.fixture.ts';
import { plainText } from './plain-text.ts';
import { renderHtml } from './render-html.ts';
import {
  errorBudgetText,
  headline,
  intervalText,
  machineNoiseText,
  observedText,
  outcomeWords,
  proofsText,
  proofText,
  rowOutcome,
  thresholdNote,
  verdictWords,
  waiverSentences,
  walkSentences,
  whatToDo,
} from './wording.ts';

const fixtures = [
  ['go', goReport],
  ['no-go', noGoReport],
  ['inconclusive', inconclusiveReport],
  ['hostile', hostileReport],
] as const;

const toAccept = 'If the change is meant: npx vitest run harness/report --update';
const pages = new Map(fixtures.map(([, fixture]) => [fixture, renderHtml(fixture.report, fixture)]));
const render = (fixture: ReportFixture) => pages.get(fixture) ?? renderHtml(fixture.report, fixture);
const parsed = (fixture: ReportFixture) => parseHTML(render(fixture)).document;

describe('renderHtml', () => {
  it('writes the no-go report as the golden file has it', async () => {
    await expect(goldenPage(render(noGoReport)), toAccept).toMatchFileSnapshot('golden/no-go.html');
  });

  it.each(fixtures)('is a sound page: %s', (_, fixture) => {
    // The hostile plan names what led to it and is no criterion.
    const expected = fixture === hostileReport ? [`a link leads nowhere: #${encodeURIComponent(hostileText)}`] : [];
    expect(pageProblems(render(fixture))).toEqual(expected);
  });

  it.each(fixtures)(
    'says of each finding of the %s report what was found, and what follows from it',
    (_, { report, ...sources }) => {
      const document = parsed({ report, ...sources });
      for (const finding of report.findings) {
        const { criterion, outcome, message, title, limit, rationale, advice, parts, needs, detects, observed } =
          finding;
        const details = document.getElementById(criterion)?.closest('details');
        const head = details?.querySelector('summary');
        const said = squeezed(details?.textContent);
        expect(head?.querySelector('.outcome')?.textContent).toBe(outcomeWords[outcome]);
        const texts = [
          title,
          criterion,
          message,
          formatLimit(limit),
          observedText(finding),
          intervalText(observed),
          rationale,
        ];
        const further = [
          needs ?? '',
          detects ?? '',
          outcome === 'pass' ? '' : advice,
          thresholdNote(finding) ?? '',
          proofText(finding) ?? '',
        ];
        const ofParts = parts.flatMap((part) => [part.label, observedText(part), formatLimit(part.limit)]);
        const missing = [...texts, ...further, ...ofParts].filter(
          (text) => !said.includes(squeezed(plainText(text)).slice(0, 1000)),
        );
        expect(missing, criterion).toEqual([]);
      }
    },
  );

  it.each(fixtures)('says of the %s report what it is of, and what was not looked at', (_, fixture) => {
    const { report } = fixture;
    const { run, notExercised, successCriteria, rollback, verdict } = report;
    const ofRollback =
      verdict === 'no-go' ? rollback.steps.flatMap(({ title, verify, command = '' }) => [title, verify, command]) : [];
    const stated = [
      verdictWords[verdict],
      headline(report),
      whatToDo(report),
      run.rollout,
      run.id,
      run.configHash,
      run.target.name,
      run.target.release,
      run.environment.browser,
      run.environment.machineClass,
      run.environment.node,
      run.target.web,
      run.target.api,
      run.tool.version,
      run.tool.commit,
      ...successCriteria.flatMap((row) => [row.id, row.title, rowOutcome(row), ...row.findings]),
      ...notExercised.flatMap(({ id, title, reason }) => [id, title, reason]),
      ...fixture.evidence.flatMap(({ probe, controls = [] }) =>
        controls.flatMap(({ name, planted, message }) => [probe, name, planted, message]),
      ),
      errorBudgetText(report.errorBudget),
      machineNoiseText(report.machineNoise),
      proofsText(report) ?? '',
      ...waiverSentences(report),
      ...walkSentences(report),
      ...ofRollback,
      run.interrupted ?? '',
    ];
    expect(missingOn(render(fixture), stated)).toEqual([]);
  });

  it.each(fixtures)(
    'shows every finding at its own address, and everything not checked, of the %s report',
    (_, fixture) => {
      const document = parsed(fixture);
      const ids = [...document.querySelectorAll('details > [id]')].map((element) => element.id);
      expect(ids.toSorted()).toEqual(fixture.report.findings.map(({ criterion }) => criterion).toSorted());
      expect(document.querySelectorAll('ul.not-checked > li')).toHaveLength(fixture.report.notExercised.length);
      expect(document.querySelectorAll('section[aria-labelledby="success-criteria"] li')).toHaveLength(8);
    },
  );

  it.each(fixtures)('links in the %s report only within itself and its run folder', (_, fixture) => {
    const links = [...parsed(fixture).querySelectorAll('[href]')].map((element) => element.getAttribute('href') ?? '');
    expect(links.filter((href) => !/^(#|%3C\/script|evidence\/|gate\.md$)/.test(href))).toEqual([]);
  });

  it('shows hostile content as text', () => {
    const shown = parsed(hostileReport).querySelector('main')?.textContent ?? '';
    expect(shown).toContain(hostileText);
    expect(shown).toContain('… (100000 characters)');
    expect(shown).toContain('… (1048584 characters)');
    expect(shown).not.toMatch(/[\u0000\u001b\u202e]|\p{Surrogate}/u);
    expect(shown).not.toMatch(/z{2001}/);
    expect(render(hostileReport).length).toBeLessThan(500_000);
  });

  it('leads from the verdict to every blocking finding that did not pass', () => {
    const worst = parsed(noGoReport).querySelector('table.worst')?.textContent ?? '';
    for (const value of ['226 ms', '< 200 ms', '[219.8, 233.1] ms']) expect(worst).toContain(value);
  });

  it('gives the rollback commands when the verdict is no-go', () => {
    const document = parsed(noGoReport);
    const textsOf = (selector: string) =>
      [...document.querySelectorAll(selector)].map(({ textContent }) => textContent);
    const { steps, escalation = [] } = noGoReport.report.rollback;
    expect(textsOf('.command:not(.undo) pre')).toEqual(steps.flatMap(({ command }) => command ?? []));
    expect(textsOf('.undo pre')).toEqual(steps.flatMap(({ reversible }) => reversible?.undo ?? []));
    expect(textsOf('.asked b')).toEqual(escalation.map(({ to }) => to));
  });

  it('draws a picture for timings, distributions and ratios', () => {
    const document = parsed(noGoReport);
    const charts = (criterion: string) =>
      document.getElementById(criterion)?.querySelectorAll('figure svg.plot').length;
    expect(charts('scope-switch.visible')).toBe(1);
    expect(charts('diff.latency-p95')).toBe(2);
    expect(charts('diff.error-rate')).toBe(1);
  });

  it('says what changed since the last go, what is worse first, and that there is none', () => {
    const rows = [
      ...parsed(noGoReport).querySelectorAll('section[aria-labelledby="changes"] table:last-of-type tbody tr'),
    ];
    const texts = rows.map((row) => row.textContent?.replace(/\s+/g, ' ').trim() ?? '');
    expect(texts.filter((text) => text.includes('passed then'))).toHaveLength(4);
    expect(texts.find((text) => text.includes('cold-start.diff-visible'))).toContain(
      'worse, beyond both intervals251 ms',
    );
    expect(texts.find((text) => text.includes('contract.page-uses-summary'))).toContain('not judged then');
    expect(texts.find((text) => text.includes('diff.cache-hit-rate'))).toContain('then > 50 %');
    const section = parsed(noGoReport).querySelector('section[aria-labelledby="changes"]')?.textContent;
    expect(section).toContain('Chromium 155.0.7999.12');
    expect(section).toContain('Judged then and not now: bundle.css-growth.');
    expect(render(goReport)).toContain('There is nothing to compare with: no earlier run of this kind was a go.');
    expect(render(inconclusiveReport)).not.toContain('What changed since the last go');
  });

  it('draws what the baseline took beside what this run took', () => {
    const details = parsed(noGoReport).getElementById('scope-switch.visible');
    expect(details?.querySelector('figcaption')?.textContent).toContain(
      'The baseline is 0.3.9 (20261116T141500Z-pre-ramp-02c9).',
    );
    expect(details?.querySelector('figure svg')?.textContent?.match(/baseline/g)).toHaveLength(3);
    expect(parsed(noGoReport).getElementById('diff.latency-p95')?.textContent).toContain('Dashed: the baseline, 0.3.9');
  });

  it('shows both ends of a ratio of which some may count or not', () => {
    const unclear = { atMost: 77, within: 'the buckets 0.1…0.25 s', needs: 'a bucket that ends at 0.2 s' };
    const ratio = {
      kind: 'ratio',
      sli: 'diff.error-rate',
      how: 'counted',
      unit: 'ratio',
      numerator: 3,
      denominator: 1000,
      of: { numerator: 'over 0.2 s', denominator: 'observations' },
      unclear,
    } as const;
    const page = parsed({ report: noGoReport.report, evidence: [fixtureEvidence('metrics-api', [ratio])] });
    const details = page.getElementById('diff.error-rate')?.textContent;
    expect(details).toContain('3 to 77 over 0.2 s of 1000 observations (0.30 % to 7.7 %)');
  });

  it('shows a report without findings or evidence', () => {
    const { report } = goReport;
    const empty = { ...report, verdict: 'inconclusive', findings: [], successCriteria: [], documents: [] } as const;
    expect(renderHtml(empty, { evidence: [] })).toContain('Nothing that decides was judged.');
  });

  it('stays small with 20,000 samples and ten minutes of load', () => {
    const timings = fixtureTimings({ sli: 'scope-switch.visible', medianMs: 200, spread: 0.3, count: 20_000 });
    const load = fixtureDistribution({ sli: 'diff.latency-p95', medianMs: 107, slowdown: 1.4, seconds: 600 });
    const page = renderHtml(goReport.report, {
      evidence: [fixtureEvidence('browser', [timings]), fixtureEvidence('load', [load])],
    });
    expect(page.length).toBeLessThan(1_500_000);
  });

  it('draws a load whose time-outs dwarf the limit on a logarithmic scale', () => {
    const finding: Finding | undefined = noGoReport.report.findings.find(({ sli }) => sli === 'diff.latency-p95');
    if (finding === undefined) throw new Error('The fixture has no latency finding.');
    const load = fixtureEvidence('load', [
      fixtureDistribution({ sli: 'diff.latency-p95', medianMs: 107, slowdown: 60 }),
    ]);
    expect(renderHtml({ ...noGoReport.report, findings: [finding] }, { evidence: [load] })).toContain(
      'ms (logarithmic)',
    );
  });

  it('draws times against the limit on times when a long task decided', () => {
    const decisive = noGoReport.report.findings.find(({ sli }) => sli === 'large-diff.file-visible');
    if (decisive?.observed === undefined) throw new Error('The fixture has no finding on large diffs.');
    const time = { ...decisive, label: 'p75', observed: decisive.observed };
    const taskLimit = { op: '<', value: 50, unit: 'ms' } as const;
    const task = {
      ...time,
      label: 'longest task',
      limit: taskLimit,
      observed: { ...time.observed, statistic: 'longest task' },
    };
    const finding: Finding = { ...decisive, limit: taskLimit, observed: task.observed, parts: [time, task] };
    const page = parsed({ report: { ...noGoReport.report, findings: [finding] }, evidence: noGoReport.evidence });
    expect(page.querySelector('figure svg')?.textContent).toContain('limit < 200 ms');
    expect(page.querySelector('figure svg')?.textContent).not.toContain('limit < 50 ms');
    expect(page.querySelector('figcaption')?.textContent).toContain('The bar is p75.');
  });
});
