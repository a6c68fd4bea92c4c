/** Targets that speak as the real application does, and of which too little was said: no browser is asked for. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FinishedGate, type RunningDemo, removeReports, startDemoWith, startGate } from './run-gate.ts';

let demo: RunningDemo;
beforeAll(async () => {
  demo = await startDemoWith('--conventions', 'skillmeat');
});
afterAll(async () => {
  await demo.stop();
  removeReports();
});

function gate(target: string, ...only: readonly string[]): Promise<FinishedGate> {
  const { web, api, logs } = demo;
  const config = ['--config', 'checks/skillmeat.config.ts', '--target', target];
  const place = ['--web', web, '--api', api, '--logs', `api=${logs.api}`];
  return startGate(...config, ...place, '--only', ...only).finished;
}

describe('a parameter that the target does not know', () => {
  it('is found out by what is answered, and the document names what there is instead', async () => {
    const { report, exitCode, stderr } = await gate('misread', 'contract.summary-mode', 'contract.openapi');
    const [mode, document] = report?.findings ?? [];
    expect(mode, stderr).toMatchObject({
      outcome: 'fail',
      message: expect.stringContaining('mode=summary is ignored'),
    });
    expect(document).toMatchObject({ outcome: 'fail', message: expect.stringContaining('summary_only') });
    expect(exitCode).toBe(1);
  });
});

describe('a target whose limiter nobody named', () => {
  it('shuts the load out when it asks the same again and again, which is not the fault of the release', async () => {
    const { report, exitCode, stderr } = await gate('careless', 'deployments.error-rate');
    const [finding] = report?.findings ?? [];
    expect(finding, stderr).toMatchObject({
      outcome: 'inconclusive',
      message: expect.stringContaining('answered 429'),
    });
    expect(exitCode).toBe(2);
  });
});
