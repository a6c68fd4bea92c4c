import { describe, expect, it } from 'vitest';
import { parseSaved } from './parse-saved.ts';

describe('parseSaved', () => {
  it('gives fields of before 0.2 the names that they have now, at any depth, and keeps their order', () => {
    const before =
      '{"schemaVersion":1,"doubts":[{"code":"a"}],"plan":{"arming":null,"walks":[]},"messages":[{"fate":1}]}';
    expect(JSON.stringify(parseSaved(before))).toBe(
      '{"schemaVersion":1,"qualityIssues":[{"code":"a"}],"plan":{"preflight":null,"checklistRuns":[]},"messages":[{"result":1}]}',
    );
  });

  it('leaves everything else as it is', () => {
    const now = '{"constructor":1,"qualityIssues":[],"values":[null,"doubts",2.5,true]}';
    expect(JSON.stringify(parseSaved(now))).toBe(now);
  });

  it('throws a SyntaxError for what is not JSON', () => {
    expect(() => parseSaved('{"a":')).toThrow(SyntaxError);
  });
});
