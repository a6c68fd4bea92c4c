/** The gate when it is interrupted, and when its target goes away. */

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { processesMentioning, type RunningGate, removeReports, startDemo, startGate } from './run-gate.ts';

const quick = ['--config', 'checks/quick.config.ts'] as const;

afterAll(removeReports);

/** Resolves when the gate has said something on its way. */
function said(gate: RunningGate, text: RegExp): Promise<void> {
  let heard = '';
  return new Promise((resolve, reject) => {
    gate.child.stderr?.on('data', (chunk: string) => {
      heard += chunk;
      if (text.test(heard)) resolve();
    });
    void gate.finished.then(({ stderr }) => reject(new Error(`the gate ended before it said ${text}: ${stderr}`)));
  });
}

describe('rampgate gate', () => {
  it('stops what it started when it is interrupted, keeps the evidence so far and exits with 130', async () => {
    const gate = startGate(...quick, '--only', 'deployments.error-rate', 'modal-reopen.duplicate-requests');
    await said(gate, /Load deployments/);
    gate.child.kill('SIGINT');
    const { exitCode, report, folder, stdout } = await gate.finished;
    expect(exitCode).toBe(130);
    expect(report?.run.interrupted).toBeDefined();
    expect(report?.findings.find((finding) => finding.criterion === 'deployments.error-rate')?.outcome).toBe(
      'inconclusive',
    );
    expect(readdirSync(join(folder ?? '', 'evidence'))).toContain('browser-modal-reopen.json');
    expect(stdout).toContain('gate.html');
    expect(processesMentioning(gate.out)).toEqual([]);
    expect(await answers(report?.run.target.web)).toBe(false);
  });

  it('stops a browser scenario in its middle as well', async () => {
    const gate = startGate(...quick, '--only', 'cold-start.console-errors');
    await said(gate, /cold-start \d\/5/);
    gate.child.kill('SIGINT');
    const { exitCode, report } = await gate.finished;
    expect(exitCode).toBe(130);
    expect(report?.findings).toMatchObject([{ outcome: 'inconclusive' }]);
    expect(processesMentioning(gate.out)).toEqual([]);
  });

  it.each([
    ['the browser visits it', 'cold-start.console-errors', /cold-start \d\/5/],
    ['the load is on', 'diff.error-rate', /Load diff/],
  ])('is inconclusive when the target goes away while %s', async (_name, criterion, moment) => {
    const demo = await startDemo();
    const gate = startGate(...quick, '--web', demo.web, '--api', demo.api, '--only', criterion);
    await said(gate, moment);
    await demo.stop();
    const { exitCode, report, stderr } = await gate.finished;
    expect(report?.verdict, stderr).toBe('inconclusive');
    expect(report?.findings).toMatchObject([
      { outcome: 'inconclusive', message: expect.stringContaining('stopped answering') },
    ]);
    expect(exitCode).toBe(2);
  });
});

async function answers(url: string | undefined): Promise<boolean> {
  try {
    await fetch(url ?? '');
    return true;
  } catch {
    return false;
  }
}
