/** The gate as a person starts it, with a load that has to keep its rate. */

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { removeReports, startGate } from './run-gate.ts';

const quick = ['--config', 'checks/quick.config.ts'] as const;

afterAll(removeReports);

describe('rampgate gate', () => {
  it('prints nothing but gate.json with --json, which knows how noisy the machine is', async () => {
    const { stdout, report, folder } = await startGate(...quick, '--only', 'diff.latency-p95', '--json').finished;
    expect(JSON.parse(stdout)).toEqual(report);
    expect(report?.machineNoise.loadsMs).toBeGreaterThan(0);
    expect(report?.machineNoise.timingsRatio).toBeNull(); // no browser was asked for
    expect(readdirSync(join(folder ?? '', 'evidence'))).toContain('machine.json');
    expect(report?.findings).toMatchObject([{ reason: expect.not.stringContaining('evidence-doubted') }]);
  });
});
