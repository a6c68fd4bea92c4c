/** Targets with the API conventions of SkillMeat whose configuration is wrong or incomplete; without a browser. */
import { describe, expect, it } from 'vitest';
import { gatesOnSkillmeatDemo } from './skillmeat.fixture.ts';

const gate = gatesOnSkillmeatDemo();

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

describe('a target whose rate limiter is not configured', () => {
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
