/** Saves the documents of a watch, complete after every round. */

import type { WatchReport } from './model.ts';
import { renderWatchHtml } from './page/render-watch-html.ts';
import { renderWatchMarkdown } from './page/render-watch-markdown.ts';
import type { WatchFolder } from './watch-folder.ts';

export function saveWatch(folder: WatchFolder, report: WatchReport): void {
  folder.save('watch.json', `${JSON.stringify(report, null, 1)}\n`);
  folder.save('watch.html', renderWatchHtml(report));
  folder.save('watch.md', renderWatchMarkdown(report));
}
