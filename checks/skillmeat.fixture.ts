/** The demo with the API conventions of SkillMeat, and gates on it, for the tests of one file. */
import { afterAll, beforeAll } from 'vitest';
import { type FinishedGate, type RunningDemo, removeReports, startDemoWith, startGate } from './run-gate.ts';

/** Starts the demo before the tests and stops it after them; the function runs a gate on it. */
export function gatesOnSkillmeatDemo(): (target: string, ...only: readonly string[]) => Promise<FinishedGate> {
  let demo: RunningDemo;
  beforeAll(async () => {
    demo = await startDemoWith('--conventions', 'skillmeat');
  });
  afterAll(async () => {
    await demo.stop();
    removeReports();
  });
  return (target, ...only) => {
    const { web, api, logs } = demo;
    const config = ['--config', 'checks/skillmeat.config.ts', '--target', target];
    const place = ['--web', web, '--api', api, '--logs', `api=${logs.api}`];
    return startGate(...config, ...place, '--only', ...only).finished;
  };
}
