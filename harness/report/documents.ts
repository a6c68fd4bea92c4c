/** The documents that a run leaves beside its evidence, from one report: for people, for programs, for CI. */
import type { Delivery, Evidence, GateReport } from '../model.ts';
import { renderCtrf } from './ci/render-ctrf.ts';
import { renderJunit } from './ci/render-junit.ts';
import { gateJsonSchema } from './gate-schema.ts';
import { renderHtml } from './render-html.ts';
import { renderMarkdown } from './render-markdown.ts';

export interface NamedDocument {
  readonly name: string;
  readonly text: string;
}

/** All that the gate writes when it has judged; the page comes last, so that whoever finds it finds all. */
export function gateDocuments(report: GateReport, evidence: readonly Evidence[]): readonly NamedDocument[] {
  return [
    { name: 'gate.json', text: `${JSON.stringify(report, null, 1)}\n` },
    { name: 'gate.schema.json', text: `${JSON.stringify(gateJsonSchema(), null, 1)}\n` },
    { name: 'junit.xml', text: renderJunit(report) },
    { name: 'ctrf.json', text: renderCtrf(report) },
    ...pages(report, { evidence, delivery: null }),
  ];
}

/** What says as well who was told; the verdict stays as it was written. */
export function documentsWithDelivery(
  report: GateReport,
  { evidence, delivery }: { readonly evidence: readonly Evidence[]; readonly delivery: Delivery },
): readonly NamedDocument[] {
  return [
    { name: 'delivery.json', text: `${JSON.stringify(delivery, null, 1)}\n` },
    ...pages(report, { evidence, delivery }),
  ];
}

function pages(
  report: GateReport,
  { evidence, delivery }: { readonly evidence: readonly Evidence[]; readonly delivery: Delivery | null },
): readonly NamedDocument[] {
  return [
    { name: 'gate.md', text: renderMarkdown(report, delivery) },
    { name: 'gate.html', text: renderHtml(report, { evidence, delivery }) },
  ];
}
