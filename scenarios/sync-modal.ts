/** The sync dialog for scenarios: what a person does in it, and how to see that something is shown. */
import type { Condition, Painted, PaintedByCss, ScenarioPlan, Step, Visit } from '../harness/browser-kit/kit.ts';
import { type PageWords, pageWordsFor } from './page-words.ts';
import { type ArtifactTruth, distinctiveLines, type FileTruth, type Scope } from './truth.ts';

const scopeButtons: { readonly [scope in Scope]: keyof PageWords } = {
  'collection-vs-project': 'collectionVsProject',
  'source-vs-collection': 'sourceVsCollection',
  'source-vs-project': 'sourceVsProject',
};

/** The headings of the two sides, in any order. */
const sides: { readonly [scope in Scope]: readonly [string, string] } = {
  'collection-vs-project': ['Collection', 'Project'],
  'source-vs-collection': ['Source', 'Collection'],
  'source-vs-project': ['Source', 'Project'],
};

type LineKind = 'removedLine' | 'addedLine';

/** A list longer than this shows its first rows only. */
export const ROWS_BEFORE_LOAD_ALL = 50;
/** From this size on a diff waits behind a button: more characters, or at least so many newlines. */
const LARGE_DIFF = { chars: 50 * 1024, newlines: 1000 };

/** The dialog of one artifact in one visit. Actions return steps or do them; `…Shown` are conditions. */
export class SyncModal {
  private readonly visit: Visit;
  private readonly plan: ScenarioPlan;
  private readonly truth: ArtifactTruth;
  private readonly words: PageWords;

  constructor(visit: Visit, plan: ScenarioPlan, truth: ArtifactTruth) {
    this.visit = visit;
    this.plan = plan;
    this.truth = truth;
    this.words = pageWordsFor(plan.page);
  }

  /** Opens the sync tab of the artifact in a new tab of the browser, through its address. */
  openInNewTab(): Step['act'] {
    return { navigate: this.plan.web + this.words.deepLink.replaceAll('{id}', encodeURIComponent(this.truth.id)) };
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
      { css: this.words.sideHeading, text: left },
      { css: this.words.sideHeading, text: right },
    ];
  }

  /** The diff of one file: its pane, with its first changed lines in it. */
  fileDiffShown(file: FileTruth): Condition {
    const pane = this.paneOf(file);
    const line = (kind: LineKind, text: string | undefined): readonly Painted[] =>
      text === undefined ? [] : [{ css: this.linesIn(kind, pane.css), text }];
    return [pane, ...line('removedLine', file.removed[0]), ...line('addedLine', file.added[0])];
  }

  fileListShown(): Condition {
    return this.rowsShown(ROWS_BEFORE_LOAD_ALL);
  }

  /** The response that carries the list of changed files; a single file's is asked for by its path. */
  fileListResponse(): string {
    const ids = [encodeURIComponent(this.truth.id), this.truth.id].map(escapeForRegExp);
    return `/artifacts/(?:${ids.join('|')})/diff\\?(?!.*file_paths=)`;
  }

  switchTo(scope: Scope): () => Promise<void> {
    const name = this.words[scopeButtons[scope]];
    return () => this.visit.page.getByRole('button', { name, exact: true }).click();
  }

  /** `12 additions, 3 deletions`, as the sidebar shows it. */
  async shownStats(): Promise<string> {
    const totals = this.visit.page.locator(this.words.scopeTotals);
    // Waiting for totals that are missing would end the visit.
    return (await totals.count()) === 0 ? 'no totals' : (await totals.innerText()).trim();
  }

  /** Removed and added lines of the shown diff, as texts in order. */
  async shownLines(): Promise<{ readonly removed: readonly string[]; readonly added: readonly string[] }> {
    const textsOf = (kind: LineKind): Promise<string[]> | string[] =>
      this.words[kind] === '' ? [] : this.visit.page.locator(this.linesIn(kind)).allTextContents();
    return { removed: await textsOf('removedLine'), added: await textsOf('addedLine') };
  }

  /** Clicks a file in the sidebar. */
  openFile(file: FileTruth): () => Promise<void> {
    return () =>
      this.visit.page
        .locator(this.words.dialog)
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
    return [{ css: this.words.fileRow, atLeast: count }];
  }

  async shownRows(): Promise<number> {
    return this.visit.page.locator(this.words.fileRow).count();
  }

  async close(): Promise<void> {
    const dialog = this.visit.page.locator(this.words.dialog);
    await dialog.getByRole('button', { name: this.words.close, exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
  }

  /** Opens the list of artifacts in a new tab of the browser. */
  async openList(): Promise<void> {
    await this.visit.reach({ act: { navigate: this.plan.web + this.words.list }, until: [{ css: this.card() }] });
  }

  /** From the list into the dialog, through the artifact's card; it opens on another tab. */
  async openDialog(): Promise<void> {
    const { dialog, syncTab } = this.words;
    await this.visit.reach({ act: this.openCard(), until: [{ css: `${dialog} [role="tab"]`, text: syncTab }] });
  }

  async openSyncTab(): Promise<void> {
    await this.visit.reach({ act: this.switchToSyncTab(), until: this.diffShown('collection-vs-project') });
  }

  switchToSyncTab(): () => Promise<void> {
    return () => this.visit.page.getByRole('tab', { name: this.words.syncTab, exact: true }).click();
  }

  /** Opens the dialog again through the artifact's card and the tab. */
  async reopen(): Promise<void> {
    await this.openDialog();
    await this.openSyncTab();
  }

  private openCard(): () => Promise<void> {
    return () => this.visit.page.locator(this.card()).click();
  }

  private linesOf(scope: Scope, path: string): readonly [Painted, Painted] {
    const { removed, added } = distinctiveLines(this.truth, scope, path);
    return [
      { css: this.linesIn('removedLine'), text: removed },
      { css: this.linesIn('addedLine'), text: added },
    ];
  }

  private linesIn(kind: LineKind, container: string = this.words.dialog): string {
    return `${container} ${this.words[kind]}`.trim();
  }

  private paneOf(file: FileTruth): PaintedByCss {
    return { css: this.words.filePane.replaceAll('{path}', escapeForCss(file.path)) };
  }

  /** The selector of the artifact's card, whose name continues with type and status. */
  private card(): string {
    return this.words.card.replaceAll('{name}', escapeForCss(this.truth.name));
  }
}

/** Escapes text for a quoted string in a selector. */
function escapeForCss(text: string): string {
  return text.replaceAll(/["\\]/g, '\\$&');
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
