import { expect, it } from 'vitest';
import type { Evidence } from '../model/evidence.ts';
import { openDeadline } from './deadline.ts';

const startedAt = new Date('2026-11-28T12:00:00Z');
const after = (ms: number) => ({ now: () => new Date(startedAt.getTime() + ms) });
const cut: Evidence = {
  status: 'unavailable',
  probe: 'load-diff',
  startedAt: startedAt.toISOString(),
  finishedAt: startedAt.toISOString(),
  qualityIssues: [{ code: 'interrupted', message: 'the run was interrupted', slis: ['diff.latency'] }],
};

it('has no end but an interruption where nobody set one', () => {
  const person = new AbortController();
  const deadline = openDeadline(null, { signal: person.signal, startedAt, shell: after(1e9) });
  expect(deadline.whyOver()).toBeNull();
  person.abort();
  expect(deadline.whyOver()?.code).toBe('interrupted');
  expect(deadline.explain(cut)).toBe(cut);
});

it('is over when the time since the run began is, and says so instead of naming a person', async () => {
  const { signal } = new AbortController();
  const deadline = openDeadline({ withinMs: 54_000 }, { signal, startedAt, shell: after(60_000) });
  await new Promise((resolve) => deadline.signal.addEventListener('abort', resolve, { once: true }));
  const message = 'the 54 s that the run may take were over';
  expect(deadline.whyOver()).toEqual({ code: 'out-of-time', message });
  expect(deadline.explain(cut).qualityIssues).toEqual([{ code: 'out-of-time', message, slis: ['diff.latency'] }]);
});

it('leaves what was measured in time as it is, and a person who interrupts is named', () => {
  const person = new AbortController();
  const deadline = openDeadline({ withinMs: 54_000 }, { signal: person.signal, startedAt, shell: after(0) });
  expect([deadline.whyOver(), deadline.signal.aborted, deadline.explain(cut)]).toEqual([null, false, cut]);
  person.abort();
  expect([deadline.whyOver()?.code, deadline.signal.aborted]).toEqual(['interrupted', true]);
  expect(deadline.explain(cut)).toBe(cut);
});
