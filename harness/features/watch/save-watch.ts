/** Saves the documents of a watch, complete after every round. */

import { renderMarkdownDocument } from '../../report/formats/markdown.ts';
import type { WatchReport } from './model.ts';
import { renderWatchPage, watchDocument } from './page/watch-document.ts';
import type { WatchFolder } from './watch-folder.ts';

export function saveWatch(folder: WatchFolder, report: WatchReport): void {
  folder.save('watch.json', `${JSON.stringify(report, null, 1)}\n`);
  folder.save('watch.html', renderWatchPage(report));
  folder.save('watch.md', renderMarkdownDocument(watchDocument(report)));
}
