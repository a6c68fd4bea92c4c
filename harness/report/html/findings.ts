/** All findings, worst first, each opening to everything known about it. */
import { formatConfidence, formatLimit } from '../../lib/format.ts';
import type { BaselineRun } from '../../model/baseline.ts';
import type { Attachment, Evidence, Measurement } from '../../model/evidence.ts';
import type { Finding, FindingPart } from '../../model/finding.ts';
import { asSentence, counted, intervalText, observedText, proofText, thresholdNote, worstFirst } from '../wording.ts';
import type { Baseline } from './accepted-samples.ts';
import { edgeGauge } from './edge-gauge.ts';
import { filmOf, type Pictures } from './filmstrip.ts';
import { findingFilters, layersOf } from './filters.ts';
import { findingHref, html, type Markup, outcomeBadge, roleTag, runFileLink } from './markup.ts';
import { measurementDetails } from './measurement-details.ts';

export interface FindingSources {
  readonly evidence: readonly Evidence[];
  /** Newest first. */
  readonly baselines: readonly BaselineRun[];
  readonly pictures: Pictures;
}

export function allFindings(findings: readonly Finding[], { evidence, baselines, pictures }: FindingSources): Markup {
  const measurements = new Map(measurementsOf(evidence).map((measurement) => [measurement.sli, measurement]));
  const detailsOf = (finding: Finding) =>
    findingDetails(finding, {
      measurement: measurements.get(finding.sli),
      files: filesOf(finding, evidence),
      baseline: baselineOf(finding, baselines),
      film: filmOf(finding.sli, evidence, pictures),
    });
  return html`<section aria-labelledby="all-findings">
    <h2 id="all-findings">All findings <span class="count">${String(findings.length)}</span></h2>
    ${findings.length === 0 ? html`<p>Nothing was judged.</p>` : findingFilters(findings)}
    <div class="findings">${worstFirst(findings).map(detailsOf)}</div>
  </section>`;
}

/** The accepted runs that a change was judged against; for any other finding the newest that measured the same. */
function baselineOf({ sli, observed }: Finding, baselines: readonly BaselineRun[]): Baseline | null {
  const having = baselines.filter(({ measurements }) => measurements.some((one) => one.sli === sli));
  const compared = observed?.compared;
  const runs = compared === undefined ? having.slice(0, 1) : having.filter(({ id }) => compared.runs.includes(id));
  const [newest, ...others] = runs;
  if (newest === undefined) return null;
  const name = `${newest.release} (${newest.id})`;
  return {
    name: others.length === 0 ? name : `${runs.length} accepted runs, the newest ${name}`,
    measurements: runs.flatMap(({ measurements }) => measurements.filter((one) => one.sli === sli)),
  };
}

/** What a finding rests on, and what its probe left beside that: traces, reports, logs. */
function filesOf({ evidence: paths }: Finding, evidence: readonly Evidence[]): readonly Attachment[] {
  return paths.flatMap((path) => {
    const probe = evidence.find((one) => path === `evidence/${one.probe}.json`);
    const beside = probe?.status === 'collected' ? probe.attachments : [];
    return [
      { name: path, path, mediaType: 'application/json' },
      ...beside.filter(({ mediaType }) => !mediaType.startsWith('image/')),
    ];
  });
}

function measurementsOf(evidence: readonly Evidence[]): readonly Measurement[] {
  return evidence.flatMap((one) => (one.status === 'collected' ? one.measurements : []));
}

interface Details {
  readonly measurement: Measurement | undefined;
  readonly files: readonly Attachment[];
  readonly baseline: Baseline | null;
  readonly film: Markup;
}

/** The id sits inside the details element, so that a link to it opens the element without a script. */
function findingDetails(finding: Finding, { measurement, files, baseline, film }: Details): Markup {
  const { criterion, title, outcome, limit, message, parts, scope } = finding;
  const note = thresholdNote(finding);
  return html`<details data-outcome=${outcome} data-layers=${layersOf(scope)}>
    <summary>
      ${outcomeBadge(outcome)}
      <span class="what">
        <span class="title">${title}</span>
        <code>${criterion}</code>${roleTag(finding)}
      </span>
      ${edgeGauge(finding) ?? html`<span class="gauge"></span>`}
      <span class="number"><b>${observedText(finding)}</b></span>
      <span class="number limit">${formatLimit(limit)}</span>
    </summary>
    <div class="finding" id=${criterion}>
      <p class="message">${asSentence(message)}${note === null ? null : html`<strong class=${finding.alerting ? 'alerting' : 'warning'}> ${note}</strong>`}</p>
      ${outcome === 'pass' ? null : html`<p class="advice"><b>Advice.</b> ${finding.advice}</p>`}
      ${partsTable(parts)}
      ${measurement === undefined ? html`<p class="quiet">No measurement of ${finding.sli} is in the evidence.</p>` : measurementDetails(finding, measurement, baseline)} ${film}
      ${facts(finding, { measurement, files })}
    </div>
  </details>`;
}

function facts(finding: Finding, { measurement, files }: Pick<Details, 'measurement' | 'files'>): Markup {
  const { observed, detects, needs, rationale, scope, checklist, reason, outcome, advice, criterion } = finding;
  const interval = intervalText(observed);
  const confidence =
    observed?.confidence === undefined ? '' : ` with ${formatConfidence(observed.confidence)} confidence`;
  return html`<dl class="finding-facts">
    ${fact('Why this limit', rationale)}
    ${fact('How measured', measurement?.how)}
    ${fact('Observed', observed && `${observed.statistic} ${observedText(finding)}, from ${counted(observed.samples, 'sample', 'samples')}`)}
    ${fact('Interval', interval && `${interval}${confidence}`)}
    ${fact('Limit', limitsText(finding))}
    ${fact('Would have seen', detects)}
    ${fact('Proved to fire', proofText(finding) ?? undefined)}
    ${fact('Needs', needs)}
    ${fact('If it fails', outcome === 'pass' ? advice : undefined)}
    ${fact('Concerns', checklist.length === 0 ? scope : `${scope}; answers ${checklist.join(', ')}`)}
    ${fact('Reason code', reason)}
    ${files.length === 0 ? null : html`<div><dt>Evidence</dt><dd class="links">${files.map(({ path, name }) => runFileLink(path, name))}</dd></div>`}
    <div><dt>This finding</dt><dd><a href=${findingHref(criterion)}>${`link to ${criterion}`}</a></dd></div>
  </dl>`;
}

function fact(term: string, text: string | undefined): Markup {
  return text === undefined || text === '' ? null : html`<div><dt>${term}</dt><dd>${text}</dd></div>`;
}

function partsTable(parts: readonly FindingPart[]): Markup {
  if (parts.length === 0) return null;
  return html`<div class="scroll" tabindex="0"><table class="parts">
    <thead>
      <tr><th>Outcome</th><th>Part</th><th class="number">Observed</th><th class="number">Limit</th><th class="number">Interval</th><th class="number">Samples</th></tr>
    </thead>
    <tbody>
      ${parts.map(
        (part) => html`<tr title=${part.message}>
          <td>${outcomeBadge(part.outcome)}</td>
          <td>${part.label}</td>
          <td class="number">${observedText(part)}</td>
          <td class="number">${formatLimit(part.limit)}</td>
          <td class="number">${intervalText(part.observed) || '–'}</td>
          <td class="number">${part.observed === undefined ? '–' : String(part.observed.samples)}</td>
        </tr>`,
      )}
    </tbody>
  </table></div>`;
}

/** The limit, and the thresholds on either side of it. */
function limitsText({ limit, alert, warn }: Finding): string {
  const thresholds = [
    ...(warn === undefined ? [] : [`warning ${formatLimit(warn)}`]),
    ...(alert === undefined ? [] : [`alert ${formatLimit(alert)}`]),
  ];
  return thresholds.length === 0 ? formatLimit(limit) : `${formatLimit(limit)} (${thresholds.join(', ')})`;
}
