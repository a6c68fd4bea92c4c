/** The result of `rollback --check`, for a terminal. */
import type { Preflight, RollbackPlan, RollbackStepPolicy } from '../../../model/rollback.ts';
import { oneLine } from '../../../report/plain-text.ts';
import { wrap } from '../../../report/terminal-text.ts';
import { asSentence, rollbackReadiness } from '../../../report/wording.ts';

/** Every step, and whether the plan as a whole is ready. */
export function renderPreflight(
  { target, steps: checked }: Preflight,
  steps: readonly RollbackStepPolicy[],
  { readiness, width }: { readonly readiness: Pick<RollbackPlan, 'armed' | 'armedBecause'>; readonly width: number },
): string {
  const lines = steps.flatMap(({ title, layer }) => {
    const one = checked.find((each) => each.title === title);
    const word = one === undefined ? 'by hand' : one.armed ? 'armed' : 'not armed';
    const because = one === undefined ? 'a person does it' : one.because;
    const [first = '', ...rest] = wrap(oneLine(`${title} (${layer}): ${asSentence(because)}`, 1200), width - 13);
    return [`  ${word.padEnd(11)}${first}`, ...rest.map((line) => ' '.repeat(13) + line)];
  });
  const readinessLines = wrap(oneLine(rollbackReadiness(readiness), 1200), width);
  return [`The way back of ${target}, looked at without changing anything`, ...lines, '', ...readinessLines, ''].join(
    '\n',
  );
}
