/** A rollback plan in a document: what leads to it, its steps whole enough to copy, and whom to ask if it does not help. */
import type { RollbackPlan, RollbackStep } from '../model/rollback.ts';
import {
  type Block,
  type Blocks,
  code,
  commaSeparated,
  type ListItem,
  list,
  paragraph,
  section,
  strong,
} from './document.ts';
import { planHeadline, stepFacts, stepTags } from './rollback-wording.ts';
import { asSentence, rollbackReadiness } from './wording.ts';

/** For the terminal and Markdown; pages lay it out themselves, with buttons to copy commands. Brief: the terminal has the steps alone. */
export function rollbackBlocks(plan: RollbackPlan, { isBrief = false } = {}): Blocks {
  const { steps, notes = [], escalation = [], because, scope } = plan;
  const extent =
    steps.length === 0 && scope !== 'none' ? "The rollout's configuration names no steps" : planHeadline(plan);
  const led = because.length === 0 ? [] : [' Led here by ', ...commaSeparated(because.map(code)), '.'];
  return [
    paragraph([`${asSentence(extent)} ${asSentence(rollbackReadiness(plan))}`, ...led]),
    ...notes.map((note) => paragraph(asSentence(note))),
    list(
      steps.map((step) => stepItem(step, isBrief)),
      { style: 'numbered' },
    ),
    section('If it does not help', [list(escalation.map(escalationItem))], isBrief ? { only: ['markdown'] } : {}),
  ];
}

/** One step by itself, for the person who is asked about it. */
export function stepItem(step: RollbackStep, isBrief = false): ListItem {
  const facts = stepFacts(step).map(({ term, text, undo }): ListItem => {
    const isAside = isBrief && term !== 'Then';
    return {
      text: asSentence(`${term}: ${text}`),
      blocks: [commandBlock(undo)],
      ...(isAside ? { only: ['markdown'] } : {}),
    };
  });
  return {
    text: [strong(step.title), ` (${stepTags(step).join(', ')})`],
    blocks: [commandBlock(step.command), list(facts)],
  };
}

function commandBlock(source: string | undefined): Block | null {
  return source === undefined ? null : { kind: 'code', source, language: 'sh' };
}

function escalationItem({ to, how, because }: NonNullable<RollbackPlan['escalation']>[number]): ListItem {
  const why = because.length === 0 ? [] : [' (', ...commaSeparated(because.map(code)), ')'];
  return { text: [strong(to), ...why, `: ${asSentence(how)}`] };
}
