/** The drill as one self-contained page: the matrix, what stands against it, and each criterion's proof. */

import { formatDuration } from '../../../lib/format.ts';
import { noFaultName } from '../../../model/run.ts';
import { html, type Markup, outcomeBadge, runFileLink, verdictIcon } from '../../../report/html/markup.ts';
import { renderPage } from '../../../report/html/page.ts';
import { asSentence, counted, instantText } from '../../../report/wording.ts';
import type {
  CellState,
  DrillCell,
  DrillControl,
  DrilledCriterion,
  DrilledFault,
  DrillReport,
} from '../drill-report.ts';
import {
  controlTroubles,
  controlWords,
  drillHeadline,
  drillMeaning,
  drillVerdictWords,
  expectationWords,
  notDrilledByReason,
  proxyText,
  sizedFault,
  sizeText,
  stateWords,
  troublesOf,
  unjudgedText,
} from './wording.ts';

/** An HTML document. Links lead to the gate runs beside it in the drill's folder. */
export function renderDrillHtml(report: DrillReport): string {
  const { drill, verdict } = report;
  return renderPage({
    title: `${drillVerdictWords[verdict]}: drill of ${drill.rollout}`,
    styles,
    main: html`${banner(report)} ${troubles(report)} ${matrix(report)} ${sizes(report)} ${proofs(report)} ${notDrilled(report)} ${identity(report)}`,
  });
}

const gateVerdicts = { proved: 'go', 'not-proved': 'no-go', unmeasured: 'inconclusive' } as const;

function banner(report: DrillReport): Markup {
  const { drill, verdict, criteria } = report;
  const asGate = gateVerdicts[verdict];
  const proxyOf = proxyText(report);
  const proved = criteria.filter(({ state }) => state === 'proved').length;
  return html`<header class=${`banner ${asGate}`}>
    <p class="rollout">${`Drill of ${drill.rollout}`}</p>
    <h1>${verdictIcon(asGate)}<span>${drillVerdictWords[verdict]}</span></h1>
    <p class="headline">${drillHeadline(report)} <strong>${drillMeaning(report)}</strong></p>
    ${proxyOf === null ? null : html`<p>${proxyOf}</p>`}
    ${drill.interrupted ? html`<p class="interrupted">Interrupted: what was done is kept.</p>` : null}
    <dl class="facts">
      <div><dt>Target</dt><dd>${drill.target}</dd></div>
      <div><dt>Criteria proved</dt><dd>${`${proved} of ${criteria.length}`}</dd></div>
      <div><dt>Started</dt><dd>${instantText(drill.startedAt)}</dd></div>
      <div><dt>Took</dt><dd>${formatDuration(Date.parse(drill.finishedAt) - Date.parse(drill.startedAt))}</dd></div>
    </dl>
  </header>`;
}

function troubles({ control, faults }: DrillReport): Markup {
  const items = [
    ...(control === undefined ? [] : controlTroubles(control)).map((text) => ({ name: noFaultName, text })),
    ...faults.flatMap((fault) => troublesOf(fault).map((text) => ({ name: sizedFault(fault), text }))),
  ];
  if (items.length === 0) return null;
  return html`<section aria-labelledby="troubles">
    <h2 id="troubles">What stands against it</h2>
    <ul class="rows">
      ${items.map(({ name, text }) => html`<li class="trouble"><b>${name}</b><span class="what">${asSentence(text)}</span></li>`)}
    </ul>
  </section>`;
}

function matrix(report: DrillReport): Markup {
  const { control, faults, criteria } = report;
  if (faults.length === 0) return null;
  const columns = criteria.filter(({ id }) => faults.some(({ cells }) => cells.some((cell) => cell.criterion === id)));
  return html`<section aria-labelledby="matrix">
    <h2 id="matrix">Faults and criteria</h2>
    <p class="quiet">
      <span class="cell fired">■</span> failed as it must, <span class="cell fired">◇</span> inconclusive as it must be,
      <span class="cell quiet">·</span> not red, <span class="cell missed">M</span> missed,
      <span class="cell false">X</span> red without a reason, <span class="cell unmeasured">?</span> not measured. A row
      leads to its gate run. ${unjudgedText(report)}
    </p>
    <div class="scroll" tabindex="0"><table class="matrix">
      <thead>
        <tr><th scope="col">Fault</th>${columns.map(({ id }) => html`<th scope="col" class="criterion"><span>${id}</span></th>`)}<th scope="col" class="number">Took</th></tr>
      </thead>
      <tbody>${control === undefined ? null : controlRow(control, columns)}${faults.map((fault) => faultRow(fault, columns))}</tbody>
    </table></div>
  </section>`;
}

function faultRow(fault: DrilledFault, columns: readonly DrilledCriterion[]): Markup {
  const name = sizedFault(fault);
  return html`<tr>
    <th scope="row" title=${fault.imitates}>${fault.run === null ? name : runFileLink(`${fault.run}/gate.html`, name)}${fault.harmless ? html`<span class="tag">harmless</span>` : null}</th>
    ${columns.map(({ id }) => {
      const cell = fault.cells.find(({ criterion }) => criterion === id);
      if (cell === undefined) return html`<td></td>`;
      const words = `${id}: ${expectationWords[cell.expected]}, ${stateWords[cell.state]}. ${cell.message}`;
      return html`<td class=${`cell ${cell.state}`} title=${words} aria-label=${words}>${signOf(cell)}</td>`;
    })}
    <td class="number">${formatDuration(fault.tookMs)}</td>
  </tr>`;
}

function controlRow({ run, tookMs, criteria }: DrillControl, columns: readonly DrilledCriterion[]): Markup {
  return html`<tr>
    <th scope="row" title="The target as it is, through the proxy">${run === null ? noFaultName : runFileLink(`${run}/gate.html`, noFaultName)}</th>
    ${columns.map(({ id }) => {
      const found = criteria.find(({ criterion }) => criterion === id);
      if (found === undefined) return html`<td></td>`;
      const words = `${id}: ${controlWords[found.state]}. ${found.message}`;
      const [sign, state] = controlCells[found.state];
      return html`<td class=${`cell ${state}`} title=${words} aria-label=${words}>${sign}</td>`;
    })}
    <td class="number">${formatDuration(tookMs)}</td>
  </tr>`;
}

const controlCells = { ready: ['·', 'quiet'], red: ['X', 'false'], blind: ['?', 'unmeasured'] } as const;

const signs: { readonly [state in CellState]: string } = {
  fired: '■',
  missed: 'M',
  false: 'X',
  unmeasured: '?',
  quiet: '·',
};

function signOf({ state, expected }: DrillCell): string {
  return state === 'fired' && expected === 'open' ? '◇' : signs[state];
}

function sizes({ sizes: found }: DrillReport): Markup {
  if (found.length === 0) return null;
  return html`<section aria-labelledby="sizes">
    <h2 id="sizes">The smallest that is caught</h2>
    <table class="parts">
      <thead><tr><th>Criterion</th><th>Fault</th><th class="number">Caught from</th><th class="number">Not at</th><th class="number">Runs</th></tr></thead>
      <tbody>
        ${found.map(
          ({ criterion, fault, unit, caught, missed, runs }) => html`<tr>
            <td><code>${criterion}</code></td><td>${fault}</td>
            <td class="number">${caught === null ? 'not at all' : sizeText(caught, unit)}</td>
            <td class="number">${missed === null ? '–' : sizeText(missed, unit)}</td>
            <td class="number">${String(runs)}</td>
          </tr>`,
        )}
      </tbody>
    </table>
  </section>`;
}

const badges = {
  proved: ['pass', 'proved'],
  'not-proved': ['fail', 'not proved'],
  unmeasured: ['inconclusive', 'not measured'],
  'not-drilled': ['not-exercised', 'not drilled'],
} as const;

function proofs({ criteria }: DrillReport): Markup {
  return html`<section aria-labelledby="proofs">
    <h2 id="proofs">Criteria <span class="tally">${counted(criteria.length, 'criterion', 'criteria')}</span></h2>
    <table class="parts">
      <thead><tr><th>Proof</th><th>Criterion</th><th>Turned red by</th></tr></thead>
      <tbody>
        ${criteria.map(
          ({ id, title, state, provedBy }) => html`<tr>
            <td>${outcomeBadge(badges[state][0], badges[state][1])}</td>
            <td class="what">${title} <code>${id}</code></td>
            <td>${provedBy.join(', ') || '–'}</td>
          </tr>`,
        )}
      </tbody>
    </table>
  </section>`;
}

function notDrilled({ notDrilled: left = [] }: DrillReport): Markup {
  if (left.length === 0) return null;
  return html`<section aria-labelledby="not-drilled">
    <h2 id="not-drilled">Not drilled <span class="tally">${counted(left.length, 'criterion', 'criteria')}</span></h2>
    <ul class="rows">
      ${notDrilledByReason(left).map(([reason, ids]) => html`<li class="not-drilled"><span>${asSentence(reason)}</span><span class="what"><code>${ids.join(', ')}</code></span></li>`)}
    </ul>
  </section>`;
}

function identity({ drill }: DrillReport): Markup {
  const facts: readonly (readonly [string, string])[] = [
    ['Drill', drill.id],
    ['Finished', drill.finishedAt],
    ['Machine', drill.machine.machineClass],
    ['System', drill.machine.os],
    ['Node', drill.machine.node],
    ['Rampgate', `${drill.tool.version} (${drill.tool.commit})`],
    ['Configuration', drill.configHash],
  ];
  return html`<section aria-labelledby="drill">
    <h2 id="drill">This drill</h2>
    <dl class="identity">${facts.map(([term, text]) => html`<div><dt>${term}</dt><dd>${text}</dd></div>`)}</dl>
  </section>`;
}

const styles = `
.rows li.trouble { grid-template-columns: 14rem minmax(0, 1fr); }
.matrix { width: auto; }
.matrix th.criterion { height: 13rem; padding: 0 1px 6px; vertical-align: bottom; }
.matrix th.criterion span { writing-mode: vertical-rl; transform: rotate(180deg); white-space: nowrap; }
.matrix tbody th { padding-top: 3px; padding-bottom: 3px; border-top: 1px solid var(--line); color: inherit; font-size: 0.92rem; }
.matrix td { padding: 3px 5px; }
.matrix td.number { padding-left: 14px; font-size: 0.92rem; }
td.cell { text-align: center; }
.cell { font-weight: 600; }
.cell.fired { color: var(--pass); } .cell.quiet { color: var(--quiet); }
.cell.missed, .cell.false { color: var(--fail); } .cell.unmeasured { color: var(--inconclusive); }
td.cell.missed, td.cell.false { background: var(--fail-tint); } td.cell.unmeasured { background: var(--inconclusive-tint); }
.rows li.not-drilled { grid-template-columns: minmax(0, 1fr); }
@media (max-width: 640px) { .rows li.trouble { grid-template-columns: minmax(0, 1fr); } }
`;
