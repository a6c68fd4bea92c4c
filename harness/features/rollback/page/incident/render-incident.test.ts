import { describe, expect, it } from 'vitest';
import { hostileReport, noGoReport } from '../../../../report/fixtures/gate-reports.fixture.ts';
import type { RollbackLog } from '../../log.ts';
import { type IncidentSources, renderIncident } from './render-incident.ts';

const log: RollbackLog = {
  schemaVersion: 1,
  id: '20261123T142100Z-rollback-1f2e',
  run: noGoReport.report.run.id,
  target: noGoReport.report.run.target,
  scope: 'both',
  by: 'ada',
  confirmed: 'asked',
  startedAt: '2026-11-23T14:21:00.000Z',
  finishedAt: '2026-11-23T14:23:30.000Z',
  outcome: 'stopped',
  because: '"Redeploy the previous frontend build": exit 1 after 0.4 s: HTTP 404.',
  steps: [
    {
      title: 'Roll back the API service',
      layer: 'backend',
      role: 'undo',
      command: 'kubectl rollout undo deployment/skillmeat-api -n production',
      state: 'verified',
      because: 'http://127.0.0.1:4174/health answered as it should after 1.2 s; measured since: diff.error-rate hold',
      startedAt: '2026-11-23T14:21:10.000Z',
      finishedAt: '2026-11-23T14:22:05.000Z',
      output: 'step-1.txt',
      settled: { ok: true, message: 'it answered' },
      proof: { verdict: 'go', run: 'proof-1/20261123T142120Z-after-rollback-aa11', findings: [] },
    },
    {
      title: 'Redeploy the previous frontend build',
      layer: 'frontend',
      role: 'undo',
      command: 'gh workflow run deploy-frontend.yml',
      state: 'failed',
      because: 'exit 1 after 0.4 s: HTTP 404',
      startedAt: '2026-11-23T14:23:29.000Z',
      finishedAt: '2026-11-23T14:23:30.000Z',
      output: 'step-2.txt',
    },
    { title: 'Tell the on-call channel', layer: 'frontend', state: 'not-run', because: 'it was not come to' },
  ],
};

const { report, evidence } = noGoReport;
const sources: IncidentSources = { report, evidence, logs: [log] };

describe('the incident document', () => {
  it('is as it was agreed', async () => {
    const { markdown, charts } = renderIncident(sources);
    await expect(markdown).toMatchFileSnapshot('./golden/incident.md');
    expect(charts.map(({ path }) => path)).toEqual([
      'incident/scope-switch.visible.svg',
      'incident/diff.latency-p95.svg',
    ]);
  });

  it('shows only files that it brings, or that are in the run', () => {
    const { markdown, charts } = renderIncident(sources);
    const shown = [...markdown.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)].map(([, path]) => path);
    expect(shown).toEqual(charts.map(({ path }) => path));
    for (const { svg } of charts) {
      expect(svg).toMatch(/^<svg [^>]*xmlns="http:\/\/www.w3.org\/2000\/svg"/);
      expect(svg).not.toMatch(/NaN|undefined|var\(/);
    }
  });

  it('has the timeline in the order of time, the rollback behind the verdict', () => {
    const { markdown } = renderIncident(sources);
    const times = [...markdown.matchAll(/^\| (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) \|/gm)].map(([, time]) => time ?? '');
    expect(times).toEqual(times.toSorted());
    expect(times.length).toBeGreaterThan(8);
    expect(markdown.indexOf('Verdict:')).toBeLessThan(markdown.indexOf('Rolling back began'));
  });

  it('says that nothing was rolled back, and leaves room for what was done by hand', () => {
    expect(renderIncident({ ...sources, logs: [] }).markdown).toContain('What was done by hand:\n\n- [ ] …');
  });

  it('has nothing of a hostile application’s text as markup', () => {
    const { markdown } = renderIncident({ report: hostileReport.report, evidence: hostileReport.evidence, logs: [] });
    // In code spans and fences text is only text.
    const outside = markdown.replaceAll(/```[\s\S]*?```|`[^`\n]*`/g, '');
    expect(outside).not.toMatch(/<script|<img|@everyone|[^\\]\]\((?:javascript|\.\.)/);
    expect(outside).toContain('evidence/browser.json');
  });
});
