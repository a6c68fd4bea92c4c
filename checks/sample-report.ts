/** Renders the sample report of the documents again, with its screenshots: node checks/sample-report.ts */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright';
import { noGoReport } from '../harness/report/fixtures/gate-reports.fixture.ts';
import { renderHtml } from '../harness/report/render-html.ts';
import { browserFlags, findBrowser } from '../setup/browser.mjs';

const docs = join(import.meta.dirname, '..', 'docs');
const page = join(docs, 'sample-report', 'gate.html');
mkdirSync(join(docs, 'sample-report'), { recursive: true });
writeFileSync(page, renderHtml(noGoReport.report, noGoReport));

const found = findBrowser();
const browser = await chromium.launch({
  args: browserFlags(),
  ...(found === null ? {} : { executablePath: found.path }),
});
const tab = await browser.newPage({ viewport: { width: 1280, height: 800 } });
await tab.goto(pathToFileURL(page).href);
await tab.screenshot({ path: join(docs, 'images', 'report.png') });
await tab.goto(`${pathToFileURL(page).href}#diff.latency-p95`);
const finding = tab.locator('details', { has: tab.locator('[id="diff.latency-p95"]') });
await finding.screenshot({ path: join(docs, 'images', 'finding.png') });
await browser.close();
