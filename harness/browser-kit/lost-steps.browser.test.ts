/** What the stopwatch loses, and what it says then: nothing here depends on how fast anything is. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answer, lossOf, openTruthVisits, sampleOf, site, type TruthVisits } from '../../checks/truth-page.ts';

const stepTimeoutMs = 1500;
let truth: TruthVisits;

beforeAll(async () => {
  truth = await openTruthVisits({ stepTimeoutMs });
});

afterAll(() => truth.close());

describe('the stopwatch', () => {
  it('loses, with what is missing, a step that is never painted, instead of calling the time-out its value', async () => {
    const loss = lossOf(await truth.measure('never'));
    expect(loss).toMatchObject({ reason: 'never-painted', message: 'not painted: 1 × #out with “the answer”' });
    expect(loss.waitedMs).toBeGreaterThanOrEqual(stepTimeoutMs);
  });
  it('does not take content for painted that was gone before its frame', async () => {
    expect(lossOf(await truth.measure('flash'))).toMatchObject({
      reason: 'never-painted',
      message: 'not painted: there once, and gone before the frame',
    });
    expect(sampleOf(await truth.measure('flashThenStay')).vanished).toBe(1);
    expect(sampleOf(await truth.measure('late')).vanished).toBeUndefined();
  });
  it('says when the tab was in the background', async () => {
    expect(sampleOf(await truth.measure('background')).suspect).toMatch(/background/);
    expect(lossOf(await truth.measure('backgroundForEver'))).toMatchObject({
      reason: 'in-background',
      message: expect.stringContaining('background'),
    });
  });
  it('loses a first contentful paint that does not come', async () => {
    const measured = await truth.visit(async (visit) => {
      await visit.page.goto('data:text/html,');
      await visit.firstContentfulPaint('paint', { how: 'test' });
    });
    expect(lossOf(measured)).toMatchObject({ reason: 'never-painted', waitedMs: stepTimeoutMs });
  });
  it('refuses a condition that held before the act', async () => {
    const measured = await truth.measure('late', { until: [{ css: 'button', text: 'Go' }] });
    expect(lossOf(measured).reason).toBe('already-painted');
  });
  it('says when the page went away in the middle', async () => {
    const measured = await truth.measure('away');
    expect(['navigated-away', 'step-failed']).toContain(lossOf(measured).reason);
    expect(measured.thrown).toBeInstanceOf(Error);
  });
  it('loses a step whose act cannot be done, and says why', async () => {
    const measured = await truth.visit(async (visit) => {
      await visit.page.goto(`${site}/?act=late`);
      await visit.time('step', {
        act: () => visit.page.getByRole('button', { name: 'Gone' }).click({ timeout: 300 }),
        until: answer,
        how: 'test',
      });
    });
    expect(lossOf(measured)).toMatchObject({ reason: 'step-failed', message: expect.stringContaining('Timeout') });
  });
  it('records what the page complains about', async () => {
    const measured = await truth.visit(async (visit) => {
      await visit.page.goto(`${site}/?act=late`);
      await visit.page.evaluate(() => {
        console.error('a console error');
        setTimeout(() => {
          throw new Error('an exception');
        });
      });
      await visit.page.waitForFunction(() => true);
      await expect.poll(() => visit.problems()).toEqual(['console: a console error', 'uncaught: an exception']);
    });
    expect(measured.thrown).toBeNull();
  });
});
