/** A drill as a document: what it came to, the matrix of faults and criteria, and each criterion's proof. */
import { formatDuration } from '../../../lib/format.ts';
import { noFaultName } from '../../../model/run.ts';
import {
  type Block,
  type Blocks,
  code,
  drawing,
  list,
  outcome,
  paragraph,
  type ReportDocument,
  section,
  strong,
} from '../../../report/document.ts';
import { renderHtmlDocument } from '../../../report/formats/html.ts';
import { html, type Markup, runFileLink } from '../../../report/html/markup.ts';
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

/** Links lead to the gate runs beside it in the drill's folder. */
export function renderDrillPage(report: DrillReport): string {
  return renderHtmlDocument(drillDocument(report), { styles });
}

const gateVerdicts = { proved: 'go', 'not-proved': 'no-go', unmeasured: 'inconclusive' } as const;
const onPage = { only: ['html'] } as const;
const inTerminal = { only: ['terminal'] } as const;

export function drillDocument(report: DrillReport): ReportDocument {
  const { drill, verdict, faults } = report;
  return {
    title: `${drillVerdictWords[verdict]}: drill of ${drill.rollout}`,
    banner: {
      kicker: `Drill of ${drill.rollout}`,
      verdict: gateVerdicts[verdict],
      word: drillVerdictWords[verdict],
      subject: null,
      blocks: bannerBlocks(report),
    },
    blocks: [
      troubles(report),
      faults.length === 0 ? null : section('Faults and criteria', [drawing(() => matrix(report))], { id: 'matrix' }),
      ...undrilled(report),
      sizes(report),
      proofs(report),
      notDrilled(report),
      identity(report),
    ],
  };
}

function bannerBlocks(report: DrillReport): Blocks {
  const { drill, criteria } = report;
  const took = formatDuration(Date.parse(drill.finishedAt) - Date.parse(drill.startedAt));
  const proved = criteria.filter(({ state }) => state === 'proved').length;
  return [
    paragraph([`${drillHeadline(report)} `, strong(drillMeaning(report))]),
    paragraph(proxyText(report)),
    drill.interrupted ? paragraph('Interrupted: what was done is saved.', { tone: 'warning' }) : null,
    paragraph(`It took ${took}.`, inTerminal),
    {
      kind: 'facts',
      ...onPage,
      items: [
        ['Target', drill.target],
        ['Criteria proved', `${proved} of ${criteria.length}`],
        ['Started', instantText(drill.startedAt)],
        ['Took', took],
      ],
    },
  ];
}

/** The terminal has them below the rows of the matrix. */
function troubles({ control, faults }: DrillReport): Block {
  const items = [
    ...(control === undefined ? [] : controlTroubles(control)).map((text) => ({ name: noFaultName, text })),
    ...faults.flatMap((fault) => troublesOf(fault).map((text) => ({ name: sizedFault(fault), text }))),
  ].map(({ name, text }) => ({ lead: strong(name), text: asSentence(text) }));
  return section('Problems', [list(items)], { id: 'troubles', ...onPage });
}

/** What the terminal says of criteria and faults that no row shows. */
function undrilled(report: DrillReport): Blocks {
  const { criteria, faults } = report;
  const open = criteria.filter(({ state }) => state === 'not-drilled').length;
  const notExercised = [...new Set(faults.flatMap((fault) => fault.notExercised))].join(', ');
  return [
    open === 0 || report.notDrilled !== undefined
      ? null
      : paragraph(`No fault was to turn these red: ${open} of ${criteria.length} criteria.`, inTerminal),
    paragraph(unjudgedText(report), inTerminal),
    notExercised === '' ? null : paragraph(`Not exercised yet: ${notExercised}.`, inTerminal),
  ];
}

function sizes({ sizes: found }: DrillReport): Block {
  return section(
    'The smallest fault that is caught',
    [
      {
        kind: 'table',
        columns: [
          { head: 'criterion' },
          { head: 'fault', width: 22 },
          { head: 'caught from', align: 'right', width: 12 },
          { head: 'not at', align: 'right', width: 12 },
          { head: 'runs', align: 'right', only: ['html'] },
        ],
        rows: found.map(({ criterion, fault, unit, caught, missed, runs }) => ({
          cells: [
            code(criterion),
            fault,
            caught === null ? 'not at all' : sizeText(caught, unit),
            missed === null ? '–' : sizeText(missed, unit),
            String(runs),
          ],
        })),
      },
    ],
    { id: 'sizes' },
  );
}

const badges = {
  proved: ['pass', 'proved'],
  'not-proved': ['fail', 'not proved'],
  unmeasured: ['inconclusive', 'not measured'],
  'not-drilled': ['not-exercised', 'not drilled'],
} as const;

function proofs({ criteria }: DrillReport): Block {
  return section(
    'Criteria',
    [
      {
        kind: 'table',
        columns: [{ head: 'proof' }, { head: 'criterion' }, { head: 'turned red by' }],
        rows: criteria.map(({ id, title, state, provedBy }) => ({
          cells: [outcome(badges[state][0], badges[state][1]), [`${title} `, code(id)], provedBy.join(', ') || '–'],
        })),
      },
    ],
    { id: 'proofs', count: counted(criteria.length, 'criterion', 'criteria'), ...onPage },
  );
}

function notDrilled({ notDrilled: left = [] }: DrillReport): Block {
  const items = notDrilledByReason(left).map(([reason, ids]) => ({
    text: asSentence(reason),
    blocks: [paragraph(code(ids.join(', ')))],
  }));
  return section('Not drilled', [list(items)], {
    id: 'not-drilled',
    count: counted(left.length, 'criterion', 'criteria'),
  });
}

function identity({ drill }: DrillReport): Block {
  return section(
    'This drill',
    [
      {
        kind: 'facts',
        items: [
          ['Drill', drill.id],
          ['Finished', drill.finishedAt],
          ['Machine', drill.machine.machineClass],
          ['System', drill.machine.os],
          ['Node', drill.machine.node],
          ['Rampgate', `${drill.tool.version} (${drill.tool.commit})`],
          ['Configuration', drill.configHash],
        ],
      },
    ],
    { id: 'drill', ...onPage },
  );
}

function matrix(report: DrillReport): Markup {
  const { control, faults, criteria } = report;
  const columns = criteria.filter(({ id }) => faults.some(({ cells }) => cells.some((cell) => cell.criterion === id)));
  return html`<p class="quiet">
      <span class="cell fired">■</span> failed as it must, <span class="cell fired">◇</span> inconclusive as it must be,${' '}
      <span class="cell quiet">·</span> not red, <span class="cell missed">M</span> missed,${' '}
      <span class="cell false">X</span> red without a reason, <span class="cell unmeasured">?</span> not measured. A row${' '}
      leads to its gate run. ${unjudgedText(report)}
    </p>
    <div class="scroll" tabindex="0"><table class="matrix">
      <thead>
        <tr><th scope="col">Fault</th>${columns.map(({ id }) => html`<th scope="col" class="criterion"><span>${id}</span></th>`)}<th scope="col" class="number">Took</th></tr>
      </thead>
      <tbody>${control === undefined ? null : controlRow(control, columns)}${faults.map((fault) => faultRow(fault, columns))}</tbody>
    </table></div>`;
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

const styles = `
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
`;
