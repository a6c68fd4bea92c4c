/** `npm test [-- NAME …]`: runs every step, or the named ones; the last line counts their tests. */
import { showProgress } from '../setup/progress.mjs';
import { Interrupted } from '../setup/run-tool.mjs';
import { runStep, type StepResult } from './run-step.ts';
import { type Step, steps } from './steps.ts';

process.exitCode = await runNamed(process.argv.slice(2));

async function runNamed(names: readonly string[]): Promise<number> {
  const unknown = names.filter((name) => !steps.some((step) => step.name === name));
  if (unknown.length > 0) {
    console.error(
      `There is no step named ${unknown.join(', ')}. There are: ${steps.map(({ name }) => name).join(', ')}`,
    );
    return 3;
  }
  try {
    return await runAll(
      steps.filter((step) => (names.length === 0 ? step.nightly !== true : names.includes(step.name))),
    );
  } catch (error) {
    if (error instanceof Interrupted) return error.exitCode;
    throw error;
  }
}

async function runAll(chosen: readonly Step[]): Promise<number> {
  const results: StepResult[] = [];
  for (const step of chosen) results.push(await runAndPrint(step));
  console.log(closingLine(results));
  return results.some(({ failed }) => failed > 0) ? 1 : 0;
}

async function runAndPrint(step: Step): Promise<StepResult> {
  const result = await showProgress(process.stdout).during(step.title, () => runStep(step));
  if (result.failed > 0) console.log(`\n${result.output.trim()}\n\n${step.title}: FAILED\n`);
  return result;
}

/** As continuous integration reads it: `214 passed, 0 failed`, and how many were skipped, if any. */
function closingLine(results: readonly StepResult[]): string {
  const sum = (of: (result: StepResult) => number) => results.reduce((total, result) => total + of(result), 0);
  const skipped = sum((result) => result.skipped);
  const counted = `${sum((result) => result.passed)} passed, ${sum((result) => result.failed)} failed`;
  return skipped > 0 ? `${counted}, ${skipped} skipped` : counted;
}
