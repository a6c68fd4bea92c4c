/** What a fault does to the text of an answer. Pure. */

import type { ProxyFault } from '../../../model/proxy-fault.ts';
import type { Json } from '../../../model/units.ts';

export type TextKind = 'html' | 'script' | 'json';

/** `text/html; charset=utf-8` → `html`; null for what is passed on as it is. */
export function textKindOf(contentType: string | undefined): TextKind | null {
  const [type = ''] = (contentType ?? '').toLowerCase().split(';');
  const name = type.trim();
  if (name === 'text/html' || name === 'application/xhtml+xml') return 'html';
  if (/^(?:text|application)\/(?:x-)?(?:java|ecma)script$/.test(name)) return 'script';
  return /^application\/(?:[\w.-]+\+)?json$/.test(name) ? 'json' : null;
}

/** Whether any of the faults changes a text of this kind. */
export function altersText(kind: TextKind, faults: readonly ProxyFault[]): boolean {
  return faults.some((fault) => textFaults[kind].includes(fault.kind));
}

const textFaults: { readonly [kind in TextKind]: readonly ProxyFault['kind'][] } = {
  html: ['script'],
  script: ['grow-scripts'],
  json: ['field'],
};

/** The text with every fault in it that concerns its kind. JSON that does not parse stays as it is. */
export function alterText(text: string, kind: TextKind, faults: readonly ProxyFault[]): string {
  return faults.reduce((now, fault) => alterOnce(now, kind, fault), text);
}

function alterOnce(text: string, kind: TextKind, fault: ProxyFault): string {
  if (fault.kind === 'script' && kind === 'html') return withScript(text, fault.source);
  if (fault.kind === 'grow-scripts' && kind === 'script') return `${text}\n${padding(text.length * fault.by)}`;
  if (fault.kind === 'field' && kind === 'json') return withField(text, fault);
  return text;
}

/** First in the head, or first of all where there is none. */
function withScript(html: string, source: string): string {
  const script = `<script>${source.replaceAll('</script', '<\\/script')}</script>`;
  const head = /<head(?:\s[^>]*)?>/i.exec(html);
  if (head === null) return script + html;
  const end = head.index + head[0].length;
  return html.slice(0, end) + script + html.slice(end);
}

/**
 * A comment of about so many characters. Four of each word come from a fixed sequence and eight are always the same, which
 * gzip makes a third of, as of a bundle's code: a bundle that is 8 % longer takes 8 % more on its way, too.
 */
function padding(characters: number): string {
  const words: string[] = [];
  let state = 1;
  for (let length = 4; length < characters; length += 13) {
    // Park and Miller's minimal standard generator: the same text every time.
    state = (state * 48_271) % 2_147_483_647;
    words.push(`${state.toString(36).padStart(4, '0').slice(-4)}.return(`);
  }
  return `/*${words.join(' ')}*/`;
}

function withField(text: string, { at, change }: Extract<ProxyFault, { kind: 'field' }>): string {
  let body: Json;
  try {
    body = JSON.parse(text) as Json;
  } catch {
    return text;
  }
  return JSON.stringify(changed(body, at.split('.'), change));
}

type FieldChange = Extract<ProxyFault, { kind: 'field' }>['change'];

/** A copy with the change at every place that the path leads to. */
function changed(value: Json, [name, ...rest]: readonly string[], change: FieldChange): Json {
  if (name === undefined) return changedValue(value, change);
  if (typeof value !== 'object' || value === null) return value;
  const isHere = (key: string): boolean => name === '*' || name === key;
  const gone = change === 'remove' && rest.length === 0;
  const entries = Object.entries(value as { readonly [key: string]: Json })
    .filter(([key]) => !gone || !isHere(key))
    .map(([key, inner]): [string, Json] => [key, isHere(key) ? changed(inner, rest, change) : inner]);
  return Array.isArray(value) ? entries.map(([, inner]) => inner) : Object.fromEntries(entries);
}

function changedValue(value: Json, change: FieldChange): Json {
  if (change === 'remove') return value;
  if ('set' in change) return change.set;
  return typeof value === 'number' ? value + change.add : value;
}
