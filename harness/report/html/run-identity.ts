/** Which run this was, on what, with which tools, and where the rest of it lies. */
import { formatDuration } from '../../lib/format.ts';
import type { Delivery } from '../../model/delivery.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { GateReport } from '../../model/gate-report.ts';
import { clockFacts } from '../clock-wording.ts';
import { deliverySentences } from '../delivery-wording.ts';
import { errorBudgetText, footprintText, machineNoiseText, proofsText, walkSentences } from '../wording.ts';
import { html, type Markup, runFileLink } from './markup.ts';

export function runIdentity(report: GateReport, evidence: readonly Evidence[], delivery: Delivery | null): Markup {
  const { run, errorBudget, machineNoise } = report;
  // Pictures are shown where they belong.
  const documents = report.documents.filter(({ mediaType }) => !mediaType.startsWith('image/'));
  const { environment, target, tool } = run;
  const facts: readonly (readonly [string, string])[] = [
    ['Run', run.id],
    ['Started', secondText(run.startedAt)],
    ['Finished', secondText(run.finishedAt)],
    ['Took', formatDuration(Date.parse(run.finishedAt) - Date.parse(run.startedAt))],
    ...clockFacts(run),
    ['Web', target.web],
    ['API', target.api],
    ['Release', target.release],
    ['Machine', environment.machineClass],
    ['System', environment.os],
    ['Browser', environment.browser],
    ['Node', environment.node],
    ['Rampgate', `${tool.version} (${tool.commit})`],
    ['Configuration', run.configHash],
  ];
  return html`<section aria-labelledby="run">
    <h2 id="run">This run</h2>
    <p class="quiet">${[errorBudgetText(errorBudget), machineNoiseText(machineNoise), proofsText(report) ?? '', footprintText(report) ?? '', ...walkSentences(report)].join(' ').trim()}</p>
    ${
      delivery === null
        ? null
        : html`<p>${deliverySentences(delivery).join(' ')} <span class="links">${runFileLink('delivery.json', 'delivery.json')}</span></p>`
    }
    <dl class="identity">${facts.map(([term, text]) => html`<div><dt>${term}</dt><dd>${text}</dd></div>`)}</dl>
    ${evidence.length === 0 ? null : html`<h3>Evidence</h3><ul class="rows">${evidence.map(probe)}</ul>`}
    ${
      documents.length === 0
        ? null
        : html`<h3>Documents</h3><p class="links">${documents.map(({ path, name }) => runFileLink(path, name))}</p>`
    }
  </section>`;
}

/** `2026-11-23 14:15:00 UTC`. */
function secondText(instant: string): string {
  return `${instant.slice(0, 10)} ${instant.slice(11, 19)} UTC`;
}

function probe(evidence: Evidence): Markup {
  const tookMs = Date.parse(evidence.finishedAt) - Date.parse(evidence.startedAt);
  const attachments =
    evidence.status === 'collected'
      ? evidence.attachments.filter(({ mediaType }) => !mediaType.startsWith('image/'))
      : [];
  const tools = evidence.status === 'collected' ? Object.entries(evidence.tools).map((tool) => tool.join(' ')) : [];
  return html`<li class="probe">
    <b>${evidence.probe}</b>
    <span>${evidence.status}</span>
    <span class="what">
      ${[`in ${formatDuration(tookMs)}`, ...tools, ...processorsText(evidence, tookMs)].join(', ')}
      <span class="links">
        ${runFileLink(`evidence/${evidence.probe}.json`, `evidence/${evidence.probe}.json`)}
        ${attachments.map(({ path, name }) => runFileLink(path, name))}
      </span>
      ${evidence.qualityIssues.map(({ code, message }) => html`<span class="quality-issue"><code>${code}</code> ${message}</span>`)}
    </span>
  </li>`;
}

/** Ticks of 10 ms say little about less. */
const shortestToTellMs = 1000;

/** Nothing where nobody could tell. */
function processorsText(evidence: Evidence, tookMs: number): string[] {
  if (tookMs < shortestToTellMs) return [];
  const use = evidence.status === 'collected' ? evidence.facts['processors'] : undefined;
  if (typeof use !== 'object' || use === null || !('others' in use)) return [];
  const { others, stolen } = use;
  if (typeof others !== 'number' || typeof stolen !== 'number') return [];
  return [`other processes on ${others} cores`, ...(stolen === 0 ? [] : [`${stolen} cores taken by the hypervisor`])];
}
