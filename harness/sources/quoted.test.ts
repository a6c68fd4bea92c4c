import { describe, expect, it } from 'vitest';
import { quoted } from './quoted.ts';

describe('a quoted text', () => {
  it.each([
    ['Authorization: Bearer abc.def-123', 'abc.def-123'],
    ['{"msg":"{\\"password\\":\\"hunter2\\"}"}', 'hunter2'],
    ['GET /x?api_key=12345&y=2', '12345'],
    ['postgres://joe:pw4711@db/x', 'pw4711'],
    [`${'x'.repeat(280)}?token=0123456789abcdef0123456789abcdef`, '0123'],
  ])('of %s has no secret in it', (text, secret) => {
    expect(text).toContain(secret);
    expect(quoted(text)).not.toContain(secret);
    expect(quoted(text)).toContain('[redacted');
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
