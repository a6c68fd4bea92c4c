/** The gate report as JUnit XML, which nearly every CI reads. */
import junitModule, { type Builder, type TestCase as JunitCase } from 'junit-report-builder';
import type { GateReport } from '../../model/gate-report.ts';
import { plainText } from '../plain-text.ts';
import { subjectText, verdictWords } from '../wording.ts';
import { type TestCase, testCasesOf } from './test-cases.ts';

/** Its types speak of a default export beside others; it is the builder itself. */
const junit = junitModule as unknown as Builder;

/**
 * One suite. A blocking fail is a failure, a blocking inconclusive an error, never skipped; skipped is what the run was
 * not asked to check. Advisory and waived findings pass, and say in their names what they came to.
 */
export function renderJunit(report: GateReport): string {
  const { run, verdict } = report;
  const builder = junit.newBuilder().name(xmlText(`Rampgate ${run.profile}: ${verdictWords[verdict]}`));
  const suite = builder
    .testSuite()
    .name(xmlText(`${run.rollout}: ${subjectText(report)}`))
    .timestamp(xmlText(run.startedAt))
    .time((Date.parse(run.finishedAt) - Date.parse(run.startedAt)) / 1000)
    .property('verdict', verdict)
    .property('run', xmlText(run.id))
    .property('profile', xmlText(run.profile))
    .property('machine', xmlText(run.environment.machineClass))
    .property('browser', xmlText(run.environment.browser))
    .property('configuration', xmlText(run.configHash));
  for (const one of testCasesOf(report)) fill(suite.testCase(), one);
  return `${builder.build()}\n`;
}

function fill(junitCase: JunitCase, { name, group, status, type, message, details, properties }: TestCase): void {
  const text = [message, ...details].map(xmlText).join('\n');
  junitCase.className(xmlText(`rampgate.${group.replaceAll(' ', '-')}`)).name(xmlText(name));
  for (const [key, value] of Object.entries(properties)) junitCase.property(key, xmlText(value));
  switch (status) {
    case 'failed':
      junitCase.failure(xmlText(message), type).stacktrace(text);
      break;
    case 'inconclusive':
      junitCase.error(xmlText(message), type, text);
      break;
    case 'not-checked':
      junitCase.skipped().standardOutput(text);
      break;
    case 'passed':
      junitCase.standardOutput(text);
  }
}

/** XML 1.0 has no place for these two either (section 2.2), and a parser stops at them. */
function xmlText(text: string): string {
  return plainText(text).replace(/[\uFFFE\uFFFF]/g, '\uFFFD');
}
