/** The documents that a run leaves beside its evidence, from one report: for people, for programs, for CI. */

import type { Delivery } from '../model/delivery.ts';
import { type GateReport, gateJsonSchema } from '../model/gate-report.ts';
import { renderCtrf } from './ci/render-ctrf.ts';
import { renderJunit } from './ci/render-junit.ts';
import { renderMarkdown } from './gate-document.ts';
import { type HtmlSources, renderHtml } from './render-html.ts';

export interface NamedDocument {
  readonly name: string;
  readonly text: string;
}

/** All that the gate writes when it has judged; the page comes last, so that whoever finds it finds all. */
export function gateDocuments(report: GateReport, sources: HtmlSources): readonly NamedDocument[] {
  const { lastGo } = sources;
  return [
    { name: 'gate.json', text: asJson(report) },
    { name: 'gate.schema.json', text: asJson(gateJsonSchema()) },
    { name: 'junit.xml', text: renderJunit(report) },
    { name: 'ctrf.json', text: renderCtrf(report) },
    ...(lastGo === null || lastGo === undefined ? [] : [{ name: 'last-go.json', text: asJson(lastGo) }]),
    ...pages(report, sources),
  ];
}

/** What says as well who was told; the verdict stays as it was written. */
export function documentsWithDelivery(
  report: GateReport,
  sources: HtmlSources & { readonly delivery: Delivery },
): readonly NamedDocument[] {
  return [{ name: 'delivery.json', text: asJson(sources.delivery) }, ...pages(report, sources)];
}

function pages(report: GateReport, sources: HtmlSources): readonly NamedDocument[] {
  return [
    { name: 'gate.md', text: renderMarkdown(report, sources.delivery) },
    { name: 'gate.html', text: renderHtml(report, sources) },
  ];
}

function asJson(value: object): string {
  return `${JSON.stringify(value, null, 1)}\n`;
}
