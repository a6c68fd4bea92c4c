import { parseHTML } from 'linkedom';
import type { VNode } from 'preact';
import { render } from 'preact-render-to-string';
import { describe, expect, it } from 'vitest';
import type { TimingSample } from '../../model/evidence.ts';
import { slowestSample } from './slowest-sample.ts';

const sample: TimingSample = {
  valueMs: 400,
  at: '2026-11-23T14:15:00.000Z',
  longTasksMs: [80, 200],
  layoutShift: 0,
  requests: [{ url: '/diff', startMs: 20, firstByteMs: 120, endMs: 220, sizeBytes: 900 }],
};

function shown(changes: Partial<TimingSample>): { readonly rows: readonly Element[]; readonly caption: string } {
  const markup = slowestSample([
    { ...sample, valueMs: 1 },
    { ...sample, ...changes },
  ]) as VNode;
  const { document } = parseHTML(`<!doctype html><body>${render(markup)}</body>`);
  return {
    rows: [...document.querySelectorAll('tbody tr')],
    caption: document.querySelector('figcaption')?.textContent ?? '',
  };
}

const bars = (row: Element | undefined) =>
  [...(row?.querySelectorAll('rect') ?? [])].map((rect) =>
    ['class', 'x', 'width'].map((name) => rect.getAttribute(name)).join(' '),
  );

describe('the slowest sample', () => {
  it('has its requests and its long tasks on one axis, cut off at its ends', () => {
    const { rows, caption } = shown({ longTasksAtMs: [-40, 300] });
    expect(bars(rows[0]).slice(1)).toEqual(['waiting 5 25', 'span 30 25']);
    expect(bars(rows[1]).slice(1)).toEqual(['task 0 10', 'task 75 25']);
    expect(rows[1]?.textContent).toContain('2 long tasks');
    expect(caption).toContain('Pale: waiting for the first byte');
    expect(caption).toContain('Long tasks keep the page');
  });

  it('says when nobody kept the time of its long tasks, instead of drawing them anywhere', () => {
    const { rows, caption } = shown({});
    expect(rows[1]?.textContent).toContain('not known when');
    expect(bars(rows[1])).toEqual([]);
    expect(caption).toContain('was not kept');
  });

  it('shows long tasks where there was no request', () => {
    const { rows, caption } = shown({ requests: [], longTasksAtMs: [0, 100] });
    expect(rows).toHaveLength(1);
    expect(caption).toContain('No request lay within it.');
  });
});
