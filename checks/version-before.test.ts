/** A run that Rampgate 0.1 made, with a checklist run, a rollback preflight and quality issues under the names of then. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { concludeAgain } from '../harness/gate/judge-again.ts';
import { parseSaved } from '../harness/lib/parse-saved.ts';
import { renderHtml } from '../harness/report/render-html.ts';
import { readRun } from '../harness/store/read-run.ts';

const folder = join(import.meta.dirname, 'recorded-0.1');

describe('a run of the version before', () => {
  const run = readRun(folder);
  const report = concludeAgain(run.plan, run);

  it('has fields that are called otherwise today', () => {
    const policy = readFileSync(join(folder, 'policy.json'), 'utf8');
    expect(policy).toContain('"walks"');
    expect(policy).toContain('"arming"');
  });

  it('is judged to the letter as it was then, apart from the new names', () => {
    const then = parseSaved(readFileSync(join(folder, 'gate.json'), 'utf8'));
    expect(report.findings.length).toBeGreaterThan(0);
    expect(JSON.stringify(report, null, 1)).toBe(JSON.stringify(then, null, 1));
  });

  it('is shown', () => {
    const page = renderHtml(report, { evidence: run.evidence, lastGo: null, baselines: [], pictures: {} });
    expect(page).toContain('Checklist pre-deploy');
  });
});
