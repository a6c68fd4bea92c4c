/** The documents of a watch, written whole after every round: whoever opens them sees where it stands. */
import type { WatchFolder } from '../archive/watch-folder.ts';
import { renderWatchHtml } from '../report/watch/render-watch-html.ts';
import { renderWatchMarkdown } from '../report/watch/render-watch-markdown.ts';
import type { WatchReport } from '../watch-model.ts';

export function saveWatch(folder: WatchFolder, report: WatchReport): void {
  folder.save('watch.json', `${JSON.stringify(report, null, 1)}\n`);
  folder.save('watch.html', renderWatchHtml(report));
  folder.save('watch.md', renderWatchMarkdown(report));
}
