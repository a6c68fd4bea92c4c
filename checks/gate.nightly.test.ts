/** The gate as a person starts it, where that takes its time: two at once, and a visit that is told in stages. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { removeReports, startGate } from './run-gate.ts';

afterAll(removeReports);

describe('rampgate gate', () => {
  it('runs twice at the same time, each with its own ports and folder', async () => {
    const gates = [1, 2].map(() =>
      startGate('--config', 'checks/quick.config.ts', '--only', 'modal-reopen.duplicate-requests'),
    );
    const finished = await Promise.all(gates.map((gate) => gate.finished));
    for (const { report, stderr } of finished) {
      expect(
        report?.findings.map((finding) => finding.outcome),
        stderr,
      ).not.toContain('fail');
      expect(
        report?.findings.every((finding) => finding.observed !== undefined),
        stderr,
      ).toBe(true);
    }
    expect(finished[0]?.report?.run.target.api).not.toBe(finished[1]?.report?.run.target.api);
    expect(finished[0]?.report?.run.id).not.toBe(finished[1]?.report?.run.id);
  });

  it('visits again what was not decided, until it is', async () => {
    const args = ['--config', 'checks/stages.config.ts', '--only', 'scope-switch.visible'];
    const { exitCode, report, folder, stderr } = await startGate(...args).finished;
    expect(report?.findings, stderr).toMatchObject([{ outcome: 'pass', observed: { samples: 21 } }]);
    expect(exitCode).toBe(0);
    const evidence = JSON.parse(readFileSync(join(folder ?? '', 'evidence', 'browser-scope-switch.json'), 'utf8'));
    expect(evidence.facts.stages).toEqual({ told: 3, atMost: 3 });
    expect(evidence.measurements[0].how).toContain('told in 3 of at most 3 stages');
    expect(evidence.qualityIssues).toEqual([]);
  });
});
