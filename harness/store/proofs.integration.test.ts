import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readProofs, saveProofs } from './proofs.ts';

let reports: string;
beforeEach(() => {
  reports = mkdtempSync(join(tmpdir(), 'rampgate-proofs-'));
});
afterEach(() => rmSync(reports, { recursive: true, force: true }));

describe('the proofs of drills', () => {
  it('are read back as they were saved', () => {
    const proof = {
      criterion: 'diff.error-rate',
      definition: '{}',
      tool: { version: '0.1.0', commit: 'abc' },
      fired: true,
      at: '2026-11-24T18:20:00.000Z',
      drill: 'drill-1',
      faults: ['diff-errors (3 %)'],
      smallest: 'diff-errors (1.2 %)',
    };
    saveProofs(reports, [proof]);
    expect(readProofs(reports)).toEqual([proof]);
  });

  it('are none where there was no drill', () => {
    expect(readProofs(reports)).toEqual([]);
  });

  it.each(['{"schemaVersion":1,"proofs":[{"crit', '{"schemaVersion":2,"proofs":[]}'])(
    'are not taken for none where they cannot be read: %s',
    (text) => {
      mkdirSync(join(reports, 'drills'));
      writeFileSync(join(reports, 'drills', 'proofs.json'), text);
      expect(() => readProofs(reports)).toThrow(/proofs\.json says what drills proved and cannot be read/);
    },
  );
});
