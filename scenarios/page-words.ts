/** What the scenarios look for on the page. A target whose page differs sets `page` in its configuration. */

/** `{id}` stands for the artifact's id, `{name}` for its name, `{path}` for a file's path. */
const pageWords = {
  /** Page and query that open the sync tab of an artifact. */
  deepLink: '/manage?artifact={id}&tab=sync',
  /** The page with the list of artifacts. */
  list: '/manage',
  /** The card that opens an artifact's dialog. */
  card: '[aria-label^="Manage {name},"]',
  dialog: '[role="dialog"]',
  /** The tab of the comparison, by its name. */
  syncTab: 'Sync Status',
  /** The button that closes the dialog, by its name. */
  close: 'Close',
  /** The buttons that switch the scope, by their names. */
  collectionVsProject: 'Coll vs Proj',
  sourceVsCollection: 'Src vs Coll',
  sourceVsProject: 'Src vs Proj',
  /** The headings of the two compared sides. */
  sideHeading: '[role="dialog"] [role="columnheader"]',
  /** The diff of one file. */
  filePane: '[role="dialog"] section[aria-label="Diff of {path}"]',
  /** Lines of a shown diff, within its pane or the dialog; empty where they are marked by nothing but their text. */
  removedLine: '[role="cell"] del',
  addedLine: '[role="cell"] ins',
  /** The rows of the list of files. */
  fileRow:
    '[role="dialog"] :is(button[aria-label$=" Modified"], button[aria-label$=" Added"], button[aria-label$=" Deleted"], button[aria-label$=" Unchanged"])',
  /** Additions and deletions of the whole scope. */
  scopeTotals: '[role="dialog"] [role="status"][aria-label="Scope totals"]',
} as const;

export type PageWords = { readonly [what in keyof typeof pageWords]: string };

/** The words of a target. Throws for a name that no scenario looks for, since a misspelt one would change nothing. */
export function pageWordsFor(configured: { readonly [what: string]: string } = {}): PageWords {
  const unknown = Object.keys(configured).filter((what) => !(what in pageWords));
  if (unknown.length > 0) {
    throw new Error(
      `the target's page has ${unknown.join(', ')}, which no scenario looks for; there are ${Object.keys(pageWords).join(', ')}`,
    );
  }
  return { ...pageWords, ...configured };
}
