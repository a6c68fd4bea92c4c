import { expect, it } from 'vitest';
import { redactorFor } from '../lib/redact.ts';
import { harToKeep } from './redacted-har.ts';

// As Playwright 1.65 recorded them with `content: 'omit'`, with fewer headers.
const form = {
  startedDateTime: '2026-11-28T07:00:48.243Z',
  time: 34.644,
  request: {
    method: 'POST',
    url: 'http://127.0.0.1:33165/form?token=planted',
    httpVersion: 'HTTP/1.1',
    cookies: [{ name: 'lang', value: 'planted' }],
    headers: [
      { name: 'Content-Type', value: 'application/x-www-form-urlencoded' },
      { name: 'Cookie', value: 'lang=planted' },
      { name: 'X-CSRF-Token', value: 'planted' },
      { name: 'Referer', value: 'http://127.0.0.1:33165/#access_token=planted' },
    ],
    queryString: [{ name: 'token', value: 'planted' }],
    headersSize: 616,
    bodySize: 14,
    postData: {
      mimeType: 'application/x-www-form-urlencoded',
      text: '',
      params: [{ name: 'nickname', value: 'planted' }],
    },
  },
  response: {
    status: 200,
    statusText: 'OK',
    httpVersion: 'HTTP/1.1',
    cookies: [{ name: 'sid', value: 'planted', path: '/' }],
    headers: [{ name: 'Set-Cookie', value: 'sid=planted; Path=/' }],
    content: { size: 237, mimeType: 'text/html', compression: 0 },
    headersSize: 176,
    bodySize: 237,
    redirectURL: '',
    _transferSize: 413,
  },
  cache: {},
  timings: { dns: 0.01, connect: 1.015, ssl: 2.116, send: 0, wait: 29.288, receive: 2.215 },
};
const unanswered = {
  ...form,
  time: -1,
  request: { ...form.request, method: 'GET', url: 'http://127.0.0.1:33165/hang', postData: undefined, bodySize: 0 },
  response: { ...form.response, status: -1, statusText: '', cookies: [], headers: [] },
  timings: { send: -1, wait: -1, receive: -1 },
};
const encrypted = { ...form, request: { ...form.request, url: 'https://127.0.0.1/' } };
const about = { version: '1.2', creator: { name: 'Playwright', version: '1.65.1' }, pages: [] };

function keep(entries: readonly object[], mostBytes?: number) {
  const { text, requests } = harToKeep(JSON.stringify({ log: { ...about, entries } }), redactorFor({}), mostBytes);
  return { text, requests, log: JSON.parse(text).log };
}

it('keeps nothing of what was sent, and no secret of headers, cookies and addresses', () => {
  const { text, log } = keep([form, unanswered]);
  expect(text).not.toContain('planted');
  expect(log).toMatchObject({ ...about, comment: 'Bodies are left out, and secrets are replaced by [redacted].' });
  expect(log.entries[0].request).toMatchObject({
    url: 'http://127.0.0.1:33165/form?token=[redacted]',
    bodySize: 14,
    postData: { mimeType: 'application/x-www-form-urlencoded', text: '', params: [] },
  });
  expect(log.entries[0].response).toMatchObject({ status: 200, content: form.response.content, _transferSize: 413 });
});

it.each([
  ['is that of its phases', form, { time: 32.528, ssl: -1 }],
  ['has the encryption within its connection', encrypted, { time: 32.528, ssl: 2.116 }],
  ['is unknown where no answer came', unanswered, { time: -1, ssl: undefined }],
])('the time of a request %s', (_, entry, { time, ssl }) => {
  const [kept] = keep([entry]).log.entries;
  expect(kept.time).toBeCloseTo(time, 3);
  expect(kept.timings).toEqual(ssl === undefined ? entry.timings : { ...entry.timings, ssl });
});

it('keeps the first requests of too many, and says so', () => {
  const size = JSON.stringify(keep([form]).log.entries[0]).length;
  const { log, requests } = keep([form, form, form], 2.5 * size);
  expect(requests).toEqual({ kept: 2, all: 3 });
  expect(log.entries).toHaveLength(2);
  expect(log.comment).toContain('The first 2 of 3 requests: the others would make it too large.');
});

it.each([
  ['', 'JSON'],
  ['{"log":', 'JSON'],
  ['{}', 'undefined'],
])('throws for %o, which is no HAR', (recorded, message) => {
  expect(() => harToKeep(recorded, redactorFor({}))).toThrow(message);
});
