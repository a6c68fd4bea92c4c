import { describe, expect, it } from 'vitest';
import { outputExcerpt } from './output-excerpt.ts';

describe('outputExcerpt', () => {
  it.each([
    [
      'a gate',
      [
        'GO',
        'shop: demo, release r1',
        'Passed: all of 2 blocking',
        'criteria. Ramp.',
        '',
        'outcome',
        'Report: r/gate.html',
      ],
      'Passed: all of 2 blocking criteria. Report: r/gate.html',
    ],
    [
      'a stage that is watched',
      [
        '14:00:00 Watching demo.',
        '',
        'HOLD',
        'Not decided: errors.',
        '',
        'Report: r/watch.html',
        'HOLD  Not decided: errors.',
      ],
      'HOLD Not decided: errors. Report: r/watch.html',
    ],
    [
      'a rollback that is not verified',
      [
        '❯ Prove it',
        'Rollback plan of demo, checked without changing anything',
        'not verified  Undo.',
        '',
        'The rollback is not proved to work: "Undo"',
        'cannot be carried out.',
        'Kept for the reports of a day: r.json',
      ],
      'The rollback is not proved to work: "Undo" cannot be carried out.',
    ],
    [
      'a mistake',
      ['', '› working', 'There is no target called "x".', 'Did you mean y?'],
      'There is no target called "x".',
    ],
    ['nothing', [], ''],
  ])('says what came of %s', (_what, lines, told) => {
    expect(outputExcerpt(lines)).toBe(told);
  });
});
