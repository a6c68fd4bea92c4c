/** The target `skillmeat` on the demo, by criteria that need a calibration of the machine. */
import { expect, it } from 'vitest';
import { gatesOnSkillmeatDemo } from './skillmeat.fixture.ts';

const gate = gatesOnSkillmeatDemo();

it('has its times measured without meeting a rate limiter', async () => {
  const { report, stderr } = await gate('skillmeat', 'diff.latency-p95', 'cold-start.diff-visible');
  expect(
    report?.findings.map(({ criterion }) => criterion),
    stderr,
  ).toEqual(['cold-start.diff-visible', 'diff.latency-p95']);
  for (const { criterion, observed, message } of report?.findings ?? []) {
    expect(observed, `${criterion}: ${message}`).toBeDefined();
    expect(message).not.toMatch(/429|limiter/);
  }
});
