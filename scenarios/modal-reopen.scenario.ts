/** Modal reopen: closing and quickly reopening the dialog shows what was there, and asks the API for nothing again. */
import { test } from '../harness/browser-kit/kit.ts';
import { SyncModal } from './sync-modal.ts';
import { readTruth } from './truth.ts';

/** A request that the reopening causes begins within this time after the diff is back. */
const WATCH_MS = 400;

test('Reopening the dialog reuses what it has', async ({ scenario, request }) => {
  const { plan } = scenario;
  const truth = await readTruth(request, plan, scenario.artifact('manyDeployments'));

  await scenario.visits(async (visit) => {
    const modal = new SyncModal(visit, plan, truth);
    await visit.reach({ act: modal.openInNewTab(), until: modal.diffShown('collection-vs-project') });
    await visit.untilQuiet();

    for (const _ of visit.rounds()) {
      const mark = visit.requests.mark();
      await modal.close();
      await modal.reopen();
      await visit.watchFor(WATCH_MS);

      visit.occurrences('modal-reopen.duplicate-requests', {
        what: visit.requests.repeatedSince(mark),
        heardBy: 'requests',
        exposedTo: 'reopenings',
        how: `API requests of the first opening that went out again between closing and ${WATCH_MS} ms after the diff was back`,
      });
    }
  });
});
