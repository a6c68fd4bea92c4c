/** Scope switching: with all three scopes loaded, each switch shows that scope's own diff and stats, and fast. */
import { test } from '../harness/browser-kit/kit.ts';
import { SyncModal } from './sync-modal.ts';
import { readTruth, scopes } from './truth.ts';

test('Switching between loaded scopes shows each scope’s own diff and stats', async ({ scenario, request }) => {
  const { plan } = scenario;
  const truth = await readTruth(request, plan, scenario.artifact('manyDeployments'));

  await scenario.visits(async (visit) => {
    const modal = new SyncModal(visit, plan, truth);
    await visit.reach({ act: modal.openInNewTab(), until: modal.diffShown('collection-vs-project') });
    for (const scope of ['source-vs-collection', 'source-vs-project'] as const) {
      await visit.reach({ act: modal.switchTo(scope), until: modal.scopeShown(scope) });
    }
    await visit.untilQuiet();

    for (const round of visit.rounds()) {
      for (const scope of scopes) {
        await visit.time('scope-switch.visible', {
          group: scope,
          act: modal.switchTo(scope),
          until: modal.diffShown(scope),
          how: `from the click to the frame that paints this scope's diff, loaded before`,
        });
        if (round > 1) continue;

        const { additions, deletions, files } = truth.scopes[scope];
        visit.check('scope-switch.stats-correct', {
          name: `stats of ${scope}`,
          expected: `${additions} additions, ${deletions} deletions`,
          actual: await modal.shownStats(),
          how: 'against additions and deletions counted in the full diff of that scope',
        });
        const lines = await modal.shownLines();
        visit.check('scope-switch.stats-correct', {
          name: `lines of ${scope}`,
          expected: describeLines(files[0] ?? { removed: [], added: [] }),
          actual: describeLines(lines),
          how: 'against the lines of the first file in the full diff of that scope',
        });
      }
    }
  });
});

function describeLines({
  removed,
  added,
}: {
  readonly removed: readonly string[];
  readonly added: readonly string[];
}): string {
  return [...removed.map((line) => `-${line}`), ...added.map((line) => `+${line}`)].join('\n');
}
