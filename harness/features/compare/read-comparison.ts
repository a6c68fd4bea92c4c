/** Reads back what a comparison measured in turn: all of it as it was saved, or a clear word on why not. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { mistakes } from '../../lib/mistakes.ts';
import { type Evidence, evidenceSchema } from '../../model/evidence.ts';
import { readDocument, readJson } from '../../store/saved-document.ts';
import { type ComparisonPlan, comparisonPlanSchema } from './comparison-plan.ts';

export interface SavedComparison {
  readonly plan: ComparisonPlan;
  /** Block by block; one that had not come to its end is not there. */
  readonly pairs: readonly { readonly before: readonly Evidence[]; readonly after: readonly Evidence[] }[];
  /** `comparison.json` as it was written, or null: it ended before it was judged. */
  readonly comparisonJson: unknown;
}

/** Throws an OperatorMistake for a folder that holds no such comparison, and for a file that cannot be read. */
export function readComparison(folder: string): SavedComparison {
  const planFile = join(folder, 'plan.json');
  if (!existsSync(planFile)) throw mistakes.noComparison(folder);
  const plan = readDocument(planFile, comparisonPlanSchema);
  const file = join(folder, 'comparison.json');
  return { plan, pairs: pairsIn(join(folder, 'blocks')), comparisonJson: existsSync(file) ? readJson(file) : null };
}

function pairsIn(blocks: string): SavedComparison['pairs'] {
  const numbers = existsSync(blocks) ? readdirSync(blocks).filter((name) => /^\d+$/.test(name)) : [];
  return numbers.sort().map((number) => ({
    before: evidenceIn(join(blocks, number, 'before')),
    after: evidenceIn(join(blocks, number, 'after')),
  }));
}

function evidenceIn(side: string): Evidence[] {
  const folder = join(side, 'evidence');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => readDocument(join(folder, name), evidenceSchema));
}
