/** The calibration with the real browser, on this machine as it is, and on one that is kept busy. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { chromium } from 'playwright';
import { afterEach, describe, expect, it } from 'vitest';
import { processesMentioning } from '../../../checks/run-gate.ts';
import { findBrowser } from '../../../setup/browser.mjs';
import { timeReferenceWork } from '../../browser-kit/reference-work.ts';
import { machineNoiseOf } from '../../judgement/machine-noise.ts';
import { realShell } from '../../lib/shell.ts';
import { calibration, type Evidence, type TimingSample } from '../../model/evidence.ts';
import { type CalibrationOptions, calibrate } from './calibrate.ts';

const settings = { args: [], stepTimeoutMs: 10_000, trace: false };

function calibrateHere(changes: Partial<CalibrationOptions>): Promise<Evidence> {
  const path = findBrowser({ playwrightPath: chromium.executablePath() })?.path ?? '';
  const signal = new AbortController().signal;
  const browser = { path, settings };
  return calibrate({ browser, loads: true, shell: realShell(), signal, onProgress: () => undefined, ...changes });
}

function clicksOf(evidence: Evidence): readonly TimingSample[] {
  const measurements = evidence.status === 'collected' ? evidence.measurements : [];
  return measurements.flatMap((one) => (one.kind === 'timings' && one.sli === calibration.click ? one.samples : []));
}

const busy: ChildProcess[] = [];
afterEach(async () => {
  for (const child of busy.splice(0)) {
    child.kill('SIGKILL');
    await once(child, 'close');
  }
});

/** Twice as many processes as processors, each of which would like to have one. Resolves when all of them run. */
async function keepBusy(): Promise<void> {
  for (let count = 0; count < 2 * availableParallelism(); count += 1) {
    const child = spawn(process.execPath, ['-e', 'process.stdout.write("running"); for (;;);'], { stdio: 'pipe' });
    busy.push(child);
    await once(child.stdout, 'data');
  }
}

describe('the calibration', () => {
  it('does the same click and the same load twice, and says how far they lie apart', async () => {
    const evidence = await calibrateHere({});
    expect(evidence.qualityIssues).toEqual([]);
    const clicks = clicksOf(evidence);
    for (const group of ['A', 'B']) expect(clicks.filter((click) => click.group === group)).toHaveLength(18);
    for (const { referenceMs = [0, 0] } of clicks) expect(Math.min(...referenceMs)).toBeGreaterThan(0);
    const noise = machineNoiseOf([evidence]);
    expect(noise.timingsRatio).toBeGreaterThan(0);
    expect(noise.loadsMs).toBeGreaterThan(0);
    expect(noise.referenceMs).toBeGreaterThan(0);
    expect(processesMentioning('reference-target')).toEqual([]);
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('rampgate-calibration-'))).toEqual([]);
  });

  it('says what it could not find out, and why', async () => {
    const evidence = await calibrateHere({ browser: { path: '/nowhere/chromium', settings }, loads: false });
    expect(machineNoiseOf([evidence])).toMatchObject({ timingsRatio: null, loadsMs: null });
    expect(evidence.qualityIssues).toMatchObject([{ message: expect.stringContaining('/nowhere/chromium') }]);
  });

  it('ends when it is interrupted', async () => {
    const evidence = await calibrateHere({ signal: AbortSignal.abort() });
    expect(machineNoiseOf([evidence])).toMatchObject({ timingsRatio: null, loadsMs: null });
    expect(evidence.qualityIssues.length).toBeGreaterThan(0);
    expect(processesMentioning('reference-target')).toEqual([]);
  });
});

describe('fixed work', () => {
  it('takes longer on a machine that is kept busy', async () => {
    const fastestOf = (times: number) => Math.min(...Array.from({ length: times }, timeReferenceWork));
    const quietMs = fastestOf(20);
    await keepBusy();
    const busyMs = Array.from({ length: 10 }, timeReferenceWork).sort((a, b) => a - b);
    expect(busyMs[5]).toBeGreaterThan(1.2 * quietMs);
  });
});
