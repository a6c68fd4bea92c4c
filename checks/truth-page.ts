/** For tests of the stopwatch: a page that records itself when it showed something, and recorded visits to it. */
import { type Browser, chromium } from 'playwright';
import type { Condition } from '../harness/browser-kit/condition.ts';
import type { JournalRecord } from '../harness/browser-kit/journal.ts';
import { openVisit, type TimedStep, type Visit } from '../harness/browser-kit/visit.ts';
import type { ScenarioPlan } from '../harness/model/scenario-plan.ts';
import { browserFlags, findBrowser } from '../setup/browser.mjs';

/** A page that records the truth itself: `truth` is the time from the click to the frame that shows the content. */
export const truthPage = `<!doctype html><title>truth</title><button>Go</button><div id="out"></div>
<div id="declared"><template shadowrootmode="open"></template></div><iframe src="/inner.html"></iframe>
<script>
  let clickedAt = 0;
  window.truth = null;
  function stampFrame() {
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => { window.truth = performance.now() - clickedAt; };
      channel.port2.postMessage(null);
    });
  }
  function show(text) { out.textContent = text; stampFrame(); }
  const out = document.getElementById('out');
  function hide(hidden) {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => (hidden ? 'hidden' : 'visible') });
    document.dispatchEvent(new Event('visibilitychange'));
  }
  function clickedBy(event) { clickedAt = event.timeStamp; }
  const acts = {
    late: () => setTimeout(() => show('the answer'), 120),
    sync: () => show('the answer'),
    skeleton: () => { out.textContent = 'loading'; setTimeout(() => show('the answer'), 80); },
    twice: () => setTimeout(() => { out.textContent = 'wrong'; queueMicrotask(() => show('the answer')); }, 40),
    flash: () => { out.textContent = 'the answer'; queueMicrotask(() => { out.textContent = ''; }); },
    flashThenStay: () => {
      out.textContent = 'the answer';
      requestAnimationFrame(() => { out.textContent = ''; });
      setTimeout(() => show('the answer'), 150);
    },
    hidden: () => { out.style.opacity = '0'; out.textContent = 'the answer'; setTimeout(() => { out.style.opacity = '1'; stampFrame(); }, 90); },
    flood: () => {
      let left = 3000;
      const step = () => {
        for (let i = 0; i < 200; i++) { const row = document.createElement('p'); row.textContent = 'row ' + left--; document.body.append(row); }
        if (left > 0) setTimeout(step, 0); else show('the answer');
      };
      setTimeout(step, 0);
    },
    rows: () => { for (let i = 0; i < 50; i++) { const row = document.createElement('b'); row.textContent = 'row'; out.append(row); } stampFrame(); },
    busy: () => { const until = performance.now() + 120; while (performance.now() < until); show('the answer'); },
    never: () => undefined,
    // Chromium under test never puts a tab into the background; the page pretends it.
    background: () => { hide(true); setTimeout(() => { hide(false); show('the answer'); }, 120); },
    backgroundForEver: () => hide(true),
    away: () => { location.href = 'about:blank'; },
  };
  document.querySelector('button').addEventListener('click', (event) => {
    clickedAt = event.timeStamp;
    acts[new URLSearchParams(location.search).get('act')]();
  });
</script>`;

/** What most acts show in the end. */
export const answer: Condition = [{ css: '#out', text: 'the answer' }];

/** Acts that show nothing, or nothing that stays. */
const showNothing: readonly string[] = ['never', 'flash', 'backgroundForEver', 'away'];

export const site = 'http://truth.test';

export const plan: ScenarioPlan = {
  web: site,
  api: `${site}/api`,
  artifacts: {},
  summaryQuery: '',
  stage: 1,
  pass: { number: 1, of: 1 },
  visits: {},
  rounds: {},
  stepTimeoutMs: 3000,
  browserArgs: [],
  trace: false,
};

export interface Measured {
  readonly records: readonly JournalRecord[];
  /** When the page showed it, in ms since the click; NaN where it did not, or was not asked. */
  readonly truthMs: number;
  readonly thrown: unknown;
}

export interface TruthVisits {
  readonly browser: Browser;
  /** Opens the page with one of its acts, clicks, and returns what the stopwatch recorded, with the page's own truth. */
  measure(act: string, step?: Partial<TimedStep>): Promise<Measured>;
  /** Any journey to the page. */
  visit(journey: (visit: Visit) => Promise<void>): Promise<Measured>;
  close(): Promise<void>;
}

/** Opens a browser for visits to the page; a step is lost after the time that is given. */
export async function openTruthVisits({ stepTimeoutMs }: Pick<ScenarioPlan, 'stepTimeoutMs'>): Promise<TruthVisits> {
  const found = findBrowser({ playwrightPath: chromium.executablePath() });
  const browser = await chromium.launch({
    args: browserFlags(),
    ...(found === null ? {} : { executablePath: found.path }),
  });
  const visit: TruthVisits['visit'] = (journey) => inVisit(browser, { ...plan, stepTimeoutMs }, journey);
  const measure: TruthVisits['measure'] = (act, step = {}) =>
    visit(async (opened) => {
      await opened.page.goto(`${site}/?act=${act}`);
      const click = () => opened.page.getByRole('button').click();
      await opened.time('step', { act: click, until: answer, how: 'test', ...step });
      if (!showNothing.includes(act)) await untilShown(opened);
    });
  return { browser, measure, visit, close: () => browser.close() };
}

/** Waits until the page has recorded when it showed the content. */
export async function untilShown({ page }: Visit): Promise<void> {
  await page.waitForFunction('window.truth !== null');
}

async function inVisit(
  browser: Browser,
  ofVisit: ScenarioPlan,
  journey: (visit: Visit) => Promise<void>,
): Promise<Measured> {
  const records: JournalRecord[] = [];
  const { visit, context } = await openVisit(browser, {
    number: 1,
    plan: ofVisit,
    rounds: 1,
    now: () => new Date(),
    write: (record) => records.push(record),
  });
  await context.route(`${site}/**`, async (route) => {
    if (route.request().url().includes('/api/')) await route.fulfill({ json: { rows: 50 } });
    else if (route.request().url().endsWith('/inner.html'))
      await route.fulfill({ contentType: 'text/html', body: '<body></body>' });
    else await route.fulfill({ contentType: 'text/html', body: truthPage });
  });
  let thrown: unknown = null;
  let truthMs = Number.NaN;
  try {
    await journey(visit);
    truthMs = Number((await visit.page.evaluate('window.truth')) ?? Number.NaN);
  } catch (error) {
    thrown = error;
  }
  await context.close();
  return { records, truthMs, thrown };
}

export function sampleOf({ records }: Pick<Measured, 'records'>) {
  const record = records.find((each) => each.kind === 'sample');
  if (record === undefined) throw new Error(`no sample, but ${JSON.stringify(records)}`);
  return record.sample;
}

export function lossOf({ records }: Measured) {
  const record = records.find((each) => each.kind === 'loss');
  if (record === undefined) throw new Error(`no loss, but ${JSON.stringify(records)}`);
  return record.loss;
}
