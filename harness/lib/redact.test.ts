import { describe, expect, it } from 'vitest';
import { redactorFor } from './redact.ts';

const none = redactorFor({});

describe('redaction of text', () => {
  it.each([
    ['a URL with credentials', 'GET https://ada:pa55@example.com/x', 'GET https://[redacted]@example.com/x'],
    ['a DSN', 'dsn https://0123abcd@o1.ingest.example.com/7', 'dsn https://[redacted]@o1.ingest.example.com/7'],
    ['a query parameter', '/diff?mode=summary&token=abc&x=1', '/diff?mode=summary&token=[redacted]&x=1'],
    ['the first parameter', '/cb?code=4f9&state=2', '/cb?code=[redacted]&state=2'],
    ['a signed URL', '/o?X-Amz-Signature=ff00&a=1', '/o?X-Amz-Signature=[redacted]&a=1'],
    ['a parameter within a parameter', '/r?to=%2Fx%3Faccess_token%3Dabc', '/r?to=%2Fx%3Faccess_token%3D[redacted]'],
    [
      'a parameter by the end of its name',
      '/?session_id=a&x-csrf-token=b',
      '/?session_id=[redacted]&x-csrf-token=[redacted]',
    ],
    ['the key of a DSN', '/envelope/?sentry_key=abc&v=7', '/envelope/?sentry_key=[redacted]&v=7'],
    ['a parameter after the hash', '/cb#access_token=abc&x=1', '/cb#access_token=[redacted]&x=1'],
    ['a header by the end of its name', 'X-CSRF-Token: abc', 'X-CSRF-Token: [redacted]'],
    ['a header', 'Authorization: Basic YWRhOnBhNTU=', 'Authorization: [redacted]'],
    ['a header on a command line', `curl -H 'X-Api-Key: 12 34' url`, `curl -H 'X-Api-Key: [redacted]' url`],
    ['headers as JSON', '{"set-cookie":["sid=1; Path=/"],"a":"b"}', '{"set-cookie":["[redacted]"],"a":"b"}'],
    ['headers as JSON within JSON', String.raw`{\"cookie\":\"sid=1\"}`, String.raw`{\"cookie\":\"[redacted]\"}`],
    ['a field of JSON', '{"password": "pa55","user":"ada"}', '{"password": "[redacted]","user":"ada"}'],
    ['an assignment', 'export SENTRY_DSN=abc; run', 'export SENTRY_DSN=[redacted] run'],
    ['a flag', 'deploy --api-key abc --to x', 'deploy --api-key [redacted] --to x'],
    ['a bearer', 'sent Bearer abcdefgh.ijk', 'sent Bearer [redacted]'],
    ['a JWT', `x ${'eyJhbGciOiJI'}.${'eyJzdWIiOiIx'}.c2ln y`, 'x [redacted] y'],
    ['a GitHub token', `ghp_${'a1'.repeat(18)}.`, '[redacted].'],
    ['a fine-grained GitHub token', `github_pat_${'a1'.repeat(18)}`, '[redacted]'],
    ['a Slack token', `xoxb-${'12-ab'.repeat(3)}`, '[redacted]'],
    ['an AWS key', `AKIA${'A1'.repeat(8)} `, '[redacted] '],
    ['an API key', `sk-${'a1'.repeat(12)}`, '[redacted]'],
    ['a GitLab token', `glpat-${'a1'.repeat(10)}`, '[redacted]'],
    ['a private key', 'a\n-----BEGIN RSA PRIVATE KEY-----\nMII\n-----END RSA PRIVATE KEY-----\nb', 'a\n[redacted]\nb'],
    ['a private key without its end', 'a\n-----BEGIN PRIVATE KEY-----\nMII', 'a\n[redacted]'],
    ['a private key without its beginning', 'TUlJRQ==\n-----END PRIVATE KEY-----\nb', '[redacted]\nb'],
  ])('takes %s out', (_name, given, left) => {
    expect(none.text(given)).toBe(left);
    expect(none.text(left)).toBe(left);
  });

  it.each([
    'http://127.0.0.1:4173/manage?artifact=skill%3Apocket-notes&tab=sync',
    'answered 200 after 12 ms; key figures in the table',
    'error TS1005: unexpected token, expected ";"',
    'kubectl set env deployment/api -n production CACHE_DIFF_ENABLED=false',
    'login --token $TOKEN',
    'mail to ada@example.com',
    'task-list-with-a-long-name-and-more',
    '/list?sort_key=name&country_code=de#list',
  ])('leaves "%s" as it is', (text) => {
    expect(none.text(text)).toBe(text);
  });

  it('takes the values of secret variables out, as they are and as they are spelled elsewhere', () => {
    const { text } = redactorFor({ DEPLOY_TOKEN: 'a b/c"d', TOKEN_2: 'a b/c"d and more', NPM_KEY: 'short' });
    expect(text('is a b/c"d.')).toBe('is [redacted].');
    expect(text('is a b/c"d and more.')).toBe('is [redacted].');
    expect(text(`?x=${encodeURIComponent('a b/c"d')}`)).toBe('?x=[redacted]');
    expect(text(JSON.stringify({ x: 'a b/c"d' }))).toBe('{"x":"[redacted]"}');
    expect(text(btoa('a b/c"d'))).toBe('[redacted]');
    expect(text('short of breath')).toBe('short of breath');
  });

  it('takes every line of a secret of several lines out', () => {
    const { text } = redactorFor({ SSH_PRIVATE_KEY: 'first line\nsecond line' });
    expect(text('got\nsecond line\nfirst line')).toBe('got\n[redacted]\n[redacted]');
  });

  it.each([
    'GH_TOKEN',
    'CLIENT_SECRET',
    'DB_PASSWORD',
    'API_KEY',
    'SENTRY_DSN',
    'NPM_AUTH',
    'AUTH_HEADER',
    'SESSION_COOKIE',
    'MYSQL_PWD',
    'apiKey',
  ])('takes %s for the name of a secret', (name) => {
    expect(redactorFor({ [name]: 'planted' }).text('planted')).toBe('[redacted]');
  });

  it.each(['PWD', 'PATH', 'GIT_AUTHOR_NAME', 'SSH_AUTH_SOCK', 'KEYBOARD', 'TOKEN_FILE', 'HOME'])(
    'does not take %s for one',
    (name) => {
      expect(redactorFor({ [name]: 'planted' }).text('planted')).toBe('planted');
    },
  );
});

describe('redaction of data', () => {
  it('reaches every string, and headers by their name', () => {
    const given = {
      url: '/x?token=abc',
      list: ['Bearer abcdefghij', 7, null, true],
      headers: { Cookie: 'sid=1', 'set-cookie': ['a=1', 'b=2'], Accept: '*/*' },
      recorded: [
        { name: 'Authorization', value: 'x' },
        { name: 'X-Session-Id', value: 'z' },
        { name: 'Accept', value: 'y' },
      ],
      cookies: [{ name: 'sid', value: '1', path: '/' }, 'x'],
      queryString: [{ name: 'access_token', value: 'x' }],
      login: { password: 'x', user: 'ada', token: '' },
    };
    expect(none.deep(given)).toEqual({
      url: '/x?token=[redacted]',
      list: ['Bearer [redacted]', 7, null, true],
      headers: { Cookie: '[redacted]', 'set-cookie': ['[redacted]', '[redacted]'], Accept: '*/*' },
      recorded: [
        { name: 'Authorization', value: '[redacted]' },
        { name: 'X-Session-Id', value: '[redacted]' },
        { name: 'Accept', value: 'y' },
      ],
      cookies: [{ name: 'sid', value: '[redacted]', path: '/' }, 'x'],
      queryString: [{ name: 'access_token', value: '[redacted]' }],
      login: { password: '[redacted]', user: 'ada', token: '' },
    });
  });

  it("leaves Rampgate's own words as they are, or evidence could not be read any more", () => {
    const given = { status: 'collected', kind: 'checks', how: 'collected by hand' };
    const { deep } = redactorFor({ AUTH: 'collected' });
    expect(deep(given)).toEqual({ ...given, how: '[redacted] by hand' });
  });
});
