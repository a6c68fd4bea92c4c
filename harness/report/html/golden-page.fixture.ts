/** A page as its golden file has it: a line per element, and without what every page has in common. */

/** The common style and script are seen in a browser, and would make every golden file differ with each of their changes. */
export function goldenPage(page: string): string {
  return page
    .replace(/<style>[^]*?<\/style>/, '<style></style>')
    .replace(/<script>[^]*?<\/script>/, '<script></script>')
    .replaceAll(/sha256-[\w+/=]{44}/g, 'sha256-')
    .replaceAll('><', '>\n<');
}
