import { describe, expect, it } from 'vitest';
import { parseSaved } from './parse-saved.ts';

describe('parseSaved', () => {
  it.each([
    [
      'of evidence',
      '{"status":"collected","probe":"a","doubts":[1]}',
      '{"status":"collected","probe":"a","qualityIssues":[1]}',
    ],
    ['of a message', '{"messages":[{"about":"a","fate":1}]}', '{"messages":[{"about":"a","result":1}]}'],
    ['of a plan', '{"walks":[],"criteria":[],"arming":null}', '{"checklistRuns":[],"criteria":[],"preflight":null}'],
    ['of a report', '{"findings":[],"walks":[]}', '{"findings":[],"checklistRuns":[]}'],
    [
      'beside a field of any name',
      '{"constructor":1,"probe":"a","doubts":[]}',
      '{"constructor":1,"probe":"a","qualityIssues":[]}',
    ],
  ])('gives fields of before 0.2 the names that they have now, and keeps their order: %s', (_where, before, now) => {
    expect(JSON.stringify(parseSaved(before))).toBe(now);
  });

  it.each([
    ['today’s fields', '{"constructor":1,"probe":"a","qualityIssues":[],"values":[null,"doubts",2.5,true]}'],
    ['names that somebody gave', '{"criteria":[{"id":"walks"}],"proofs":{"walks":1,"arming":2,"fate":3,"doubts":4}}'],
    ['values of a rollback', '{"rollback":{"values":{"fate":"a","arming":null}}}'],
  ])('leaves everything else as it is: %s', (_what, text) => {
    expect(JSON.stringify(parseSaved(text))).toBe(text);
  });

  it('throws a SyntaxError for what is not JSON', () => {
    expect(() => parseSaved('{"a":')).toThrow(SyntaxError);
  });
});
