/** What every page of ours is wrapped in: self-contained, no network, no foreign script, readable from a file. */
import { createHash } from 'node:crypto';
import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { html, iconSheet, type Markup } from './markup.ts';
import { pageScript } from './page-script.ts';
import { stylesheet } from './stylesheet.ts';

export interface HtmlPage {
  readonly title: string;
  readonly main: Markup;
  /** After the common one. */
  readonly styles?: string;
  /** Of a page that is written anew meanwhile: it is loaded again after so many seconds, until its reader stops that. */
  readonly refreshS?: number;
  /** It holds pictures, as data within it. */
  readonly pictures?: boolean;
}

/** An HTML document whose policy allows its own style and script alone. */
export function renderPage({ title, main, styles = '', refreshS, pictures = false }: HtmlPage): string {
  const style = stylesheet + styles;
  const contentSecurityPolicy = [
    "default-src 'none'",
    `style-src '${sourceHash(style)}'`,
    `script-src '${sourceHash(pageScript)}'`,
    ...(pictures ? ['img-src data:'] : []),
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const page = html`<html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta http-equiv="Content-Security-Policy" content=${contentSecurityPolicy} />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <title>${title}</title>
      <style dangerouslySetInnerHTML=${{ __html: style }}></style>
    </head>
    <body>
      ${iconSheet}
      <main>
        ${refreshS === undefined ? null : following(refreshS)}${main}
      </main>
      <script dangerouslySetInnerHTML=${{ __html: pageScript }}></script>
    </body>
  </html>`;
  return `<!doctype html>\n${renderToString(oneNode(page))}\n`;
}

/** The script follows; a page that reloads by itself and cannot be stopped keeps readers out (WCAG 2.2, 2.2.2). */
function following(refreshS: number): Markup {
  return html`<p class="following" data-refresh-s=${String(refreshS)}>
    <span>It goes on: load this page again to see what is new.</span> <button type="button" hidden>Stop following</button>
  </p>`;
}

function oneNode(markup: Markup): VNode {
  if (markup === null || Array.isArray(markup)) throw new Error('The page is not one element.');
  return markup;
}

function sourceHash(source: string): string {
  return `sha256-${createHash('sha256').update(source).digest('base64')}`;
}
