/** Large diff: the list of more than 50 files comes at once, a file opens fast, and the guardrails hold. */
import { test, type Visit } from '../harness/browser-kit/kit.ts';
import { largeFile, ordinaryFiles, ROWS_BEFORE_LOAD_ALL, SyncModal } from './sync-modal.ts';
import { type ArtifactTruth, readTruth } from './truth.ts';

const scope = 'collection-vs-project';
const how = 'counted in the sidebar and the pane of the artifact with more than 50 changed files';

/** Guardrails hold on every visit or on none, so that a few visits are enough. */
const VISITS_THAT_CHECK = 5;

test('A large diff lists its files at once, opens a file fast and keeps its guardrails', async ({
  scenario,
  request,
}) => {
  const { plan } = scenario;
  const truth = await readTruth(request, plan, scenario.artifact('large'));
  const small = await readTruth(request, plan, scenario.artifact('small'));
  const files = ordinaryFiles(truth, scope).slice(1); // the first file is open from the start
  let opened = 0;

  await scenario.visits(async (visit) => {
    const modal = new SyncModal(visit, plan, truth);
    await warmUp(visit, new SyncModal(visit, plan, small));

    await modal.openDialog();
    await visit.time('large-diff.list-visible', {
      act: modal.switchToSyncTab(),
      startsAt: { kind: 'response', url: modal.fileListResponse() },
      until: modal.fileListShown(),
      how: 'from the last byte of the list’s response to the frame that paints its first 50 rows',
    });

    for (const _ of visit.rounds()) {
      const file = files[opened++ % files.length];
      if (file === undefined) throw new Error(`${truth.id} has no ordinary modified file to open`);
      await visit.time('large-diff.file-visible', {
        act: modal.openFile(file),
        until: modal.fileDiffShown(file),
        how: 'from the click on a file not opened before to the frame that paints its diff',
      });
    }

    if (visit.number > VISITS_THAT_CHECK) return;
    await checkLoadAll(visit, modal, truth);
    await checkLargeFile(visit, modal, truth);
  });
});

/** Shows the diff of a small artifact first, so that the start of the page is not measured here. */
async function warmUp(visit: Visit, modal: SyncModal): Promise<void> {
  await modal.openList();
  await modal.openDialog();
  await modal.openSyncTab();
  await visit.untilQuiet();
  await modal.close();
}

async function checkLoadAll(visit: Visit, modal: SyncModal, truth: ArtifactTruth): Promise<void> {
  const total = truth.scopes[scope].files.length;
  const loadAll = `Load all ${total} files`;
  const check = (name: string, expected: string, actual: string): void =>
    visit.check('large-diff.guardrails', { name, expected, actual, how });
  check('rows before loading all', `${ROWS_BEFORE_LOAD_ALL}`, `${await modal.shownRows()}`);
  const offered = await modal.offers(loadAll);
  check('a button to load the rest', loadAll, offered ? loadAll : 'no such button');
  if (!offered) return;
  await modal.press(loadAll, modal.rowsShown(total));
  check('rows after loading all', `${total}`, `${await modal.shownRows()}`);
}

async function checkLargeFile(visit: Visit, modal: SyncModal, truth: ArtifactTruth): Promise<void> {
  const file = largeFile(truth, scope);
  if (file === undefined) throw new Error(`${truth.id} has no file with a very large diff`);
  await modal.chooseFile(file);
  const offered = await modal.offers('Load diff');
  visit.check('large-diff.guardrails', {
    name: 'a very large diff waits behind a button',
    expected: 'Load diff',
    actual: offered ? 'Load diff' : 'no such button',
    how,
  });
  if (offered) await modal.press('Load diff', modal.fileDiffShown(file));
}
