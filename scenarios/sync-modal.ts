/** The sync dialog as a person knows it. The one file that knows the UI's roles and names. */
import type { Condition, Painted, PaintedByCss, ScenarioPlan, Step, Visit } from '../harness/stopwatch/kit.ts';
import { type ArtifactTruth, distinctiveLines, type FileTruth, type Scope } from './truth.ts';

const scopeButtons: { readonly [scope in Scope]: string } = {
  'collection-vs-project': 'Coll vs Proj',
  'source-vs-collection': 'Src vs Coll',
  'source-vs-project': 'Src vs Proj',
};

/** The headings of the two sides; which is on the left does not tell scopes apart. */
const sides: { readonly [scope in Scope]: readonly [string, string] } = {
  'collection-vs-project': ['Collection', 'Project'],
  'source-vs-collection': ['Source', 'Collection'],
  'source-vs-project': ['Source', 'Project'],
};

const dialog = '[role="dialog"]';
const fileRows = ['Modified', 'Added', 'Deleted', 'Unchanged']
  .map((status) => `${dialog} button[aria-label$=" ${status}"]`)
  .join(', ');
const removedLines = `${dialog} [role="cell"] del`;
const addedLines = `${dialog} [role="cell"] ins`;
const sideHeadings = `${dialog} [role="columnheader"]`;
const syncTab = { css: `${dialog} [role="tab"]`, text: 'Sync Status' };
const scopeTotals = `${dialog} [role="status"][aria-label="Scope totals"]`;

/** A list longer than this shows its first rows only. */
export const ROWS_BEFORE_LOAD_ALL = 50;
/** From this size on a diff waits behind a button: more characters, or at least so many newlines. */
const LARGE_DIFF = { chars: 50 * 1024, newlines: 1000 };

/** The dialog of one artifact in one visit. Acts return steps or do them; `…Shown` are conditions. */
export class SyncModal {
  private readonly visit: Visit;
  private readonly plan: ScenarioPlan;
  private readonly truth: ArtifactTruth;

  constructor(visit: Visit, plan: ScenarioPlan, truth: ArtifactTruth) {
    this.visit = visit;
    this.plan = plan;
    this.truth = truth;
  }

  /** Opens the sync tab of the artifact in a new tab of the browser, through its address. */
  openInNewTab(): Step['act'] {
    return { navigate: `${this.plan.web}/manage?artifact=${encodeURIComponent(this.truth.id)}&tab=sync` };
  }

  /** The first file's diff of a scope, recognised by lines that no other scope shows together. */
  diffShown(scope: Scope): Condition {
    const first = this.truth.scopes[scope].files[0];
    if (first === undefined) throw new Error(`${this.truth.id} has no files in ${scope}`);
    return this.linesOf(scope, first.path);
  }

  /** Some diff under the headings of a scope, right or wrong. */
  scopeShown(scope: Scope): Condition {
    const [left, right] = sides[scope];
    return [
      { css: sideHeadings, text: left },
      { css: sideHeadings, text: right },
    ];
  }

  /** The diff of one file: its pane, with its first changed lines in it. */
  fileDiffShown(file: FileTruth): Condition {
    const pane = this.paneOf(file);
    const line = (tag: string, text: string | undefined): readonly Painted[] =>
      text === undefined ? [] : [{ css: `${pane.css} ${tag}`, text }];
    return [pane, ...line('del', file.removed[0]), ...line('ins', file.added[0])];
  }

  fileListShown(): Condition {
    return [{ css: fileRows, atLeast: ROWS_BEFORE_LOAD_ALL }];
  }

  /** The response that carries the list of changed files; a single file's is asked for by its path. */
  fileListResponse(): string {
    const ids = [encodeURIComponent(this.truth.id), this.truth.id].map(escapeForRegExp);
    return `/artifacts/(?:${ids.join('|')})/diff\\?(?!.*file_paths=)`;
  }

  switchTo(scope: Scope): () => Promise<void> {
    return () => this.visit.page.getByRole('button', { name: scopeButtons[scope], exact: true }).click();
  }

  /** `12 additions, 3 deletions`, as the sidebar says it. */
  async shownStats(): Promise<string> {
    return (await this.visit.page.locator(scopeTotals).innerText()).trim();
  }

  /** Removed and added lines of the shown diff, as texts in order. */
  async shownLines(): Promise<{ readonly removed: readonly string[]; readonly added: readonly string[] }> {
    const { page } = this.visit;
    return {
      removed: await page.locator(removedLines).allTextContents(),
      added: await page.locator(addedLines).allTextContents(),
    };
  }

  /** Clicks a file in the sidebar. */
  openFile(file: FileTruth): () => Promise<void> {
    return () =>
      this.visit.page
        .locator(dialog)
        .getByRole('button', { name: new RegExp(`^${escapeForRegExp(file.path)} `) })
        .click();
  }

  async chooseFile(file: FileTruth): Promise<void> {
    await this.visit.reach({ act: this.openFile(file), until: [this.paneOf(file)] });
  }

  /** Whether a button with exactly this name is there. */
  async offers(button: string): Promise<boolean> {
    return (await this.visit.page.getByRole('button', { name: button, exact: true }).count()) > 0;
  }

  async press(button: string, until: Condition): Promise<void> {
    await this.visit.reach({
      act: () => this.visit.page.getByRole('button', { name: button, exact: true }).click(),
      until,
    });
  }

  /** At least so many rows in the sidebar. */
  rowsShown(count: number): Condition {
    return [{ css: fileRows, atLeast: count }];
  }

  async shownRows(): Promise<number> {
    return this.visit.page.locator(fileRows).count();
  }

  async close(): Promise<void> {
    await this.visit.page.locator(dialog).getByRole('button', { name: 'Close', exact: true }).click();
    await this.visit.page.locator(dialog).waitFor({ state: 'detached' });
  }

  /** Opens the list of artifacts in a new tab of the browser. */
  async openList(): Promise<void> {
    await this.visit.reach({ act: { navigate: `${this.plan.web}/manage` }, until: [{ css: cardOf(this.truth.name) }] });
  }

  /** From the list into the dialog, through the artifact's card; it opens on another tab. */
  async openDialog(): Promise<void> {
    await this.visit.reach({ act: this.openCard(), until: [syncTab] });
  }

  async openSyncTab(): Promise<void> {
    await this.visit.reach({ act: this.switchToSyncTab(), until: this.diffShown('collection-vs-project') });
  }

  switchToSyncTab(): () => Promise<void> {
    return () => this.visit.page.getByRole('tab', { name: syncTab.text, exact: true }).click();
  }

  /** Back in through the artifact's card and the tab, as a person would. */
  async reopen(): Promise<void> {
    await this.openDialog();
    await this.openSyncTab();
  }

  private openCard(): () => Promise<void> {
    return () => this.visit.page.locator(cardOf(this.truth.name)).click();
  }

  private linesOf(scope: Scope, path: string): readonly [Painted, Painted] {
    const { removed, added } = distinctiveLines(this.truth, scope, path);
    return [
      { css: removedLines, text: removed },
      { css: addedLines, text: added },
    ];
  }

  private paneOf(file: FileTruth): PaintedByCss {
    return { css: `${dialog} section[aria-label=${JSON.stringify(`Diff of ${file.path}`)}]` };
  }
}

/** The card of an artifact; its name goes on with type and status. */
function cardOf(name: string): string {
  return `[aria-label^=${JSON.stringify(`Manage ${name},`)}]`;
}

/** Modified text files among the first rows of the list, whose diff is shown at once. */
export function ordinaryFiles(truth: ArtifactTruth, scope: Scope): readonly FileTruth[] {
  return truth.scopes[scope].files
    .slice(0, ROWS_BEFORE_LOAD_ALL)
    .filter((file) => file.status === 'modified' && file.sizeChars > 0 && !isLarge(file));
}

/** The first file whose diff waits behind a button. */
export function largeFile(truth: ArtifactTruth, scope: Scope): FileTruth | undefined {
  return truth.scopes[scope].files.find(isLarge);
}

function isLarge(file: FileTruth): boolean {
  return file.sizeChars > LARGE_DIFF.chars || file.lines > LARGE_DIFF.newlines;
}

function escapeForRegExp(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
