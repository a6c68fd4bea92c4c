/** A page as its golden file has it: a line per element, and without what every page has in common. */
import { createHash } from 'node:crypto';

/** The common style and script are seen in a browser, and would make every golden file differ with each of their changes. */
export function goldenPage(page: string): string {
  return page
    .replace(/<style>[^]*?<\/style>/, '<style></style>')
    .replace(/<script>[^]*?<\/script>/, '<script></script>')
    .replaceAll(/sha256-[\w+/=]{44}/g, 'sha256-')
    .replaceAll(
      /(<svg[^>]*class="[^"]*plot[^>]*>)([^]*?)<\/svg>/g,
      (_, start: string, drawn: string) => start + outlineOf(drawn),
    )
    .replaceAll('><', '>\n<');
}

/** Of a chart its words, and a digest of all that is drawn: its coordinates can be read in a browser alone. */
function outlineOf(drawn: string): string {
  const words = [...drawn.matchAll(/>([^<>]+)</g)].map(([, text]) => text).join(' | ');
  return `${words}<desc>${createHash('sha256').update(drawn).digest('hex').slice(0, 16)}</desc></svg>`;
}
