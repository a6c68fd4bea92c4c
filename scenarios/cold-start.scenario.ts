/** Sync tab, cold: a new browser context opens an artifact with 5+ deployments and waits for the first diff. */
import { test } from '../harness/browser-kit/kit.ts';
import { SyncModal } from './sync-modal.ts';
import { readTruth } from './truth.ts';

/** How long the page is watched for errors after its diff was painted. */
const WATCH_MS = 250;

test('The sync tab starts cold and shows the first diff', async ({ scenario, request }) => {
  const { plan } = scenario;
  const truth = await readTruth(request, plan, scenario.artifact('manyDeployments'));

  await scenario.visits(async (visit) => {
    const modal = new SyncModal(visit, plan, truth);

    await visit.time('cold-start.diff-visible', {
      act: modal.openInNewTab(),
      until: modal.diffShown('collection-vs-project'),
      how: 'from the navigation to the frame that paints the first diff, in a new browser context each time',
    });

    await visit.firstContentfulPaint('cold-start.first-contentful-paint', {
      how: 'the first contentful paint of the same visits, as the browser itself says',
    });

    visit.check('contract.page-uses-summary', {
      name: "the page's first diff request asks for the summary",
      expected: plan.summaryQuery,
      actual: firstDiffQuery(
        visit.requests.requests.map(({ name }) => name),
        plan.summaryQuery,
      ),
      how: "read from the browser's own traffic",
    });

    await visit.watchFor(WATCH_MS);
    visit.occurrences('cold-start.console-errors', {
      what: visit.problems(),
      heardBy: 'problems',
      exposedTo: 'cold starts',
      how: `console errors and uncaught exceptions until ${WATCH_MS} ms after the first diff was painted`,
    });
  });
});

function firstDiffQuery(requests: readonly string[], summaryQuery: string): string {
  const first = requests.find((name) => /diff\?/.test(name));
  if (first === undefined) return 'no diff request at all';
  return first.includes(summaryQuery) ? summaryQuery : first;
}
