import { validate } from 'ctrf';
import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { goReport, hostileReport, inconclusiveReport, noGoReport } from '../fixtures/gate-reports.fixture.ts';
import { renderCtrf } from './render-ctrf.ts';
import { renderJunit } from './render-junit.ts';

const fixtures = [
  ['go', goReport.report],
  ['no-go', noGoReport.report],
  ['inconclusive', inconclusiveReport.report],
  ['hostile', hostileReport.report],
] as const;

const toAccept = 'If the change is meant: npx vitest run harness/report --update';

const parsedXml = (text: string) => parseHTML(text).document;

describe('renderJunit', () => {
  it.each(fixtures)('writes the %s report as the golden file has it', async (name, report) => {
    await expect(renderJunit(report), toAccept).toMatchFileSnapshot(`../golden/${name}.junit.xml`);
  });

  it.each([
    ['go', goReport.report, { failures: 0, errors: 0 }],
    ['no-go', noGoReport.report, { failures: 3, errors: 1 }],
    ['inconclusive', inconclusiveReport.report, { failures: 0, errors: 5 }],
  ] as const)('counts what decides in the %s report, and skips only what was not asked', (_, report, expected) => {
    const document = parsedXml(renderJunit(report));
    const suite = document.querySelector('testsuite');
    const count = (name: string) => Number(suite?.getAttribute(name));
    expect({ failures: count('failures'), errors: count('errors') }).toEqual(expected);
    expect(count('skipped')).toBe(report.notExercised.length);
    expect(count('tests')).toBe(report.findings.length + report.notExercised.length);
    const skipped = [...document.querySelectorAll('testcase:has(skipped)')].map((one) => one.getAttribute('classname'));
    expect(new Set(skipped)).toEqual(new Set(['rampgate.not-checked']));
  });

  it('is red when nothing was judged', () => {
    const nothing = { ...goReport.report, verdict: 'inconclusive', findings: [] } as const;
    expect(renderJunit(nothing)).toMatch(/<testcase[^>]*name="Verdict: Inconclusive"[^>]*>\s*<error /);
  });

  it('holds no character that XML 1.0 has no place for, and ends no section early', () => {
    const [first, ...others] = noGoReport.report.findings;
    if (first === undefined) throw new Error('The fixture has no findings.');
    const message = 'a\u0000\u001b[31m\uFFFE\uD800]]><b attr="&">';
    const text = renderJunit({ ...noGoReport.report, findings: [{ ...first, message }, ...others] });
    expect(text).not.toMatch(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u);
    expect(text).toContain(']]]]><![CDATA[>');
  });
});

describe('renderCtrf', () => {
  it.each(fixtures)('keeps to the published schema in the %s report', (_, report) => {
    expect(validate(JSON.parse(renderCtrf(report)))).toEqual({ valid: true, errors: [] });
  });

  it.each([
    ['go', goReport.report, 0],
    ['no-go', noGoReport.report, 4],
    ['inconclusive', inconclusiveReport.report, 5],
  ] as const)('calls failed what keeps the %s report from being a go', (_, report, failed) => {
    const { results } = JSON.parse(renderCtrf(report));
    expect(results.summary).toMatchObject({ failed, skipped: report.notExercised.length, other: 0 });
    expect(results.tests).toHaveLength(results.summary.tests);
    const raw = results.tests.flatMap((test: { status: string; rawStatus: string }) =>
      test.status === 'failed' ? test.rawStatus : [],
    );
    expect(raw.every((status: string) => status === 'fail' || status === 'inconclusive')).toBe(true);
  });
});
