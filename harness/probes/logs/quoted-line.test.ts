import { describe, expect, it } from 'vitest';
import { quoted } from './quoted-line.ts';

describe('a quoted line', () => {
  it.each([
    ['Authorization: Bearer abc.def-123', 'Authorization: Bearer …'],
    ['authorization=Basic dXNlcjpwYXNz==', 'authorization=Basic …'],
    ['"access_token": "s3cr3t", "x": 1', '"access_token": "…", "x": 1'],
    ['{"msg":"{\\"password\\":\\"hunter2\\"}"}', '{"msg":"{\\"password\\":\\"…\\"}"}'],
    ['GET /x?api_key=12345&y=2', 'GET /x?api_key=…&y=2'],
    ['postgres://joe:pw@db/x', 'postgres://…@db/x'],
    ['jwt eyJhbGciOi.eyJzdWIi.c2ln', 'jwt …'],
  ])('says of %s no more than %s', (line, safe) => {
    expect(quoted(line)).toBe(safe);
  });

  it('is short and of one line', () => {
    expect(quoted(`a\u001b[31m\r\nb${'x'.repeat(500)}`)).toMatch(/^a \[31m bx{292}…$/);
  });

  it('leaves what is no secret as it is', () => {
    const line =
      '{"level":"warn","time":"2026-11-24T15:00:00Z","message":"Diff timeout: no answer for /api/v1/x?mode=summary"}';
    expect(quoted(line)).toBe(line);
  });
});
