import { chromium } from 'playwright';
import { describe, expect, it } from 'vitest';
import { browserFlags, findBrowser } from './browser.mjs';

describe('browserFlags', () => {
  it('turn off every feature that Playwright turns off, because Chromium heeds the last switch only', async () => {
    const found = findBrowser({ playwrightPath: chromium.executablePath() });
    const server = await chromium.launchServer({
      args: browserFlags(),
      ...(found === null ? {} : { executablePath: found.path }),
    });
    const switches = server.process().spawnargs.filter((arg) => arg.startsWith('--disable-features='));
    await server.close();
    const [playwrights = [], ours = []] = switches.map((one) => one.slice('--disable-features='.length).split(','));
    expect(switches).toHaveLength(2);
    expect(ours).toEqual(expect.arrayContaining(playwrights));
  });
});
