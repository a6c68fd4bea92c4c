import { describe, expect, it } from 'vitest';
import { evaluateWatch } from '../../../watch/engine/evaluate-watch.ts';
import { healthy, minute, type World, watched } from '../../../watch/engine/simulated.fixture.ts';
import type { WatchReport } from '../../../watch/model.ts';
import type { RollbackLog } from '../../log.ts';
import { renderWatchIncident } from './render-watch-incident.ts';

const faulty = (atMs: number): World =>
  atMs >= 40 * minute && atMs < 60 * minute ? { ...healthy, errorShare: 0.3, paintMs: 1500 } : healthy;
const failed = evaluateWatch(watched(faulty, 5).state, null);

const log: RollbackLog = {
  schemaVersion: 1,
  id: '20261128T154500Z-rollback-9c1d',
  run: failed.watch.id,
  target: failed.watch.target,
  scope: 'backend',
  by: 'ada',
  confirmed: 'asked',
  startedAt: failed.watch.seenAt,
  finishedAt: failed.watch.seenAt,
  outcome: 'done',
  because: 'All of it is verified.',
  steps: [
    {
      title: 'Roll back the API service',
      layer: 'backend',
      role: 'undo',
      command: 'kubectl rollout undo deployment/api',
      state: 'verified',
      because: 'it answered',
      startedAt: failed.watch.seenAt,
      finishedAt: failed.watch.seenAt,
      output: 'step-1.txt',
    },
  ],
};

describe('the incident document of a watch', () => {
  it('is as it was agreed', async () => {
    const { markdown } = renderWatchIncident({ report: failed, logs: [log] });
    await expect(markdown).toMatchFileSnapshot(
      './golden/watch-incident.md',
      'look at the difference, then accept it with: npx vitest run harness/features/rollback/page -u',
    );
  });

  it('has a chart with its limit for each alert of which there are values, and shows no other file', () => {
    const { markdown, charts } = renderWatchIncident({ report: failed, logs: [] });
    const shown = [...markdown.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)].map(([, path]) => path);
    expect(shown.length).toBeGreaterThan(1);
    expect(new Set(charts.map(({ path }) => path))).toEqual(new Set(shown));
    for (const { svg } of charts) {
      expect(svg).toMatch(/>alert (?:&gt;|>)/);
      expect(svg).not.toMatch(/NaN|undefined|var\(/);
    }
  });

  it('has the timeline in the order of time, each alert behind its beginning', () => {
    const { markdown } = renderWatchIncident({ report: failed, logs: [log] });
    const times = [...markdown.matchAll(/^\| (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) \|/gm)].map(([, time]) => time ?? '');
    expect(times).toEqual(times.toSorted());
    expect(markdown.indexOf('most likely began')).toBeLessThan(markdown.indexOf('Alert "'));
    expect(markdown.indexOf('The watch ended')).toBeLessThan(markdown.indexOf('Rolling back began'));
  });

  it('says of a watch without an alert that there was none, and leaves room for what was done by hand', () => {
    const quiet = evaluateWatch(watched(() => healthy, 3).state, null);
    const { markdown, charts } = renderWatchIncident({ report: quiet, logs: [] });
    expect(markdown).toContain('No alert was raised.');
    expect(markdown).toContain('What was done by hand:\n\n- [ ] …');
    expect(markdown).not.toContain('Success criteria that are not met');
    expect(charts).toEqual([]);
  });

  it('has nothing of a hostile application’s text as markup', () => {
    const hostile = '<script>alert(1)</script> [x](javascript:alert(1)) @everyone';
    const alerts = failed.alerts.map((alert) => ({ ...alert, message: hostile, title: hostile, seen: [hostile] }));
    const report: WatchReport = { ...failed, because: hostile, alerts };
    const outside = renderWatchIncident({ report, logs: [] }).markdown.replaceAll(/```[\s\S]*?```|`[^`\n]*`/g, '');
    expect(outside).not.toMatch(/<script|@everyone|[^\\]\]\(javascript/);
  });
});
