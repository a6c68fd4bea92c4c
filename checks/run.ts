/** `npm test [-- NAME …]`: runs every check, or the named ones, and closes with one line that counts them all. */
import { showProgress } from '../setup/progress.mjs';
import { Interrupted } from '../setup/run-tool.mjs';
import { runStep, type StepResult } from './run-step.ts';
import { type CheckStep, checkSteps } from './steps.ts';

process.exitCode = await runChecks(process.argv.slice(2));

async function runChecks(names: readonly string[]): Promise<number> {
  const unknown = names.filter((name) => !checkSteps.some((step) => step.name === name));
  if (unknown.length > 0) {
    console.error(
      `No check is called ${unknown.join(', ')}. There are: ${checkSteps.map(({ name }) => name).join(', ')}`,
    );
    return 3;
  }
  try {
    return await runAll(
      checkSteps.filter((step) => (names.length === 0 ? step.nightly !== true : names.includes(step.name))),
    );
  } catch (error) {
    if (error instanceof Interrupted) return error.exitCode;
    throw error;
  }
}

async function runAll(steps: readonly CheckStep[]): Promise<number> {
  const results: StepResult[] = [];
  for (const step of steps) results.push(await runAndTell(step));
  console.log(closingLine(results));
  return results.some(({ failed }) => failed > 0) ? 1 : 0;
}

async function runAndTell(step: CheckStep): Promise<StepResult> {
  const result = await showProgress(process.stdout).during(step.title, () => runStep(step));
  if (result.failed > 0) console.log(`\n${result.output.trim()}\n\n${step.title}: FAILED\n`);
  return result;
}

/** The form that continuous integration reads: `214 passed, 0 failed`, and what was skipped if anything was. */
function closingLine(results: readonly StepResult[]): string {
  const sum = (of: (result: StepResult) => number) => results.reduce((total, result) => total + of(result), 0);
  const skipped = sum((result) => result.skipped);
  const counted = `${sum((result) => result.passed)} passed, ${sum((result) => result.failed)} failed`;
  return skipped > 0 ? `${counted}, ${skipped} skipped` : counted;
}
