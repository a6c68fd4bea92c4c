import { EventEmitter } from 'node:events';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright/test';
import { expect, it } from 'vitest';
import { temporaryFolders } from '../../setup/temporary-folders.ts';
import { countRequests, REQUESTS_FILE, readRequestCounts } from './request-count.ts';

const newFolder = temporaryFolders();
const target = { web: 'http://web.test', api: 'http://api.test/v1' };

/** As a browser does it: contexts are announced, then their requests, then their end. */
function visit(browser: EventEmitter, urls: readonly string[]): void {
  const context = new EventEmitter();
  browser.emit('context', context);
  for (const url of urls) context.emit('request', { url: () => url });
  context.emit('close');
}

it('lets no visit begin that could exceed what is left', () => {
  const browser = new EventEmitter();
  const journalDir = newFolder();
  const requests = countRequests(browser as unknown as Browser, { ...target, journalDir, mostRequests: 5 });
  expect(requests.whyNoMore()).toBeNull();
  visit(browser, ['http://web.test/', 'http://api.test/v1/items', 'https://cdn.test/x.js', 'data:text/html,hello']);
  expect(requests.whyNoMore()).toBeNull(); // 2 begun, and another visit of 2 makes 4
  appendFileSync(join(journalDir, REQUESTS_FILE), '2\n'); // another process of the same runner
  expect(requests.whyNoMore()).toBe(
    "its pages began 4 requests, a visit takes up to 2, and 5 were left of the run's ceiling",
  );
  requests.end();
  visit(browser, ['http://web.test/']);
  expect(readRequestCounts(join(journalDir, REQUESTS_FILE))).toEqual([2, 2]);
});

it('counts nothing where there is no ceiling', () => {
  const browser = new EventEmitter();
  const journalDir = newFolder();
  const requests = countRequests(browser as unknown as Browser, { ...target, journalDir });
  visit(browser, ['http://web.test/']);
  expect(requests.whyNoMore()).toBeNull();
  expect(readRequestCounts(join(journalDir, REQUESTS_FILE))).toEqual([]);
});
