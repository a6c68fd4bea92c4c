/** A rollback plan for a terminal, and one step of it. */
import type { RollbackPlan, RollbackStep } from '../../../model/rollback.ts';
import { list, paragraph, section } from '../../../report/document.ts';
import { renderTerminalBlocks, type TerminalPage } from '../../../report/formats/terminal.ts';
import { rollbackBlocks, stepItem } from '../../../report/rollback-blocks.ts';

/** `belongsTo`: the run with its day, or that --scope named it. */
export function renderPlan(plan: RollbackPlan, belongsTo: string, page: TerminalPage): string {
  return renderTerminalBlocks([section('Rollback plan', [paragraph(`${belongsTo}.`), ...rollbackBlocks(plan)])], page);
}

/** One step by itself, shown before its confirmation. */
export function renderStep(step: RollbackStep, number: number, page: TerminalPage): string {
  const { text, ...item } = stepItem(step);
  return renderTerminalBlocks([list([{ ...item, text: [`${number}. `, text].flat() }])], page).trimEnd();
}
