/** The gate report in the Common Test Report Format (ctrf.io), for the reporters that read it. */

import type { GateReport } from '../../model/gate-report.ts';
import { oneLine, plainText } from '../plain-text.ts';
import { verdictWords } from '../wording.ts';
import { type TestCase, testCasesOf } from './test-cases.ts';

const specVersion = '0.0.0';

/**
 * JSON that keeps to the schema of its version 0.0. Inconclusive is `failed` with the raw status beside it, because its
 * own `other` is shown like a pass; `skipped` is what the run was not asked to check.
 */
export function renderCtrf(report: GateReport): string {
  const { run, verdict } = report;
  const cases = testCasesOf(report);
  const start = Date.parse(run.startedAt);
  const stop = Date.parse(run.finishedAt);
  const count = (status: 'passed' | 'failed' | 'skipped') =>
    cases.filter((one) => statuses[one.status] === status).length;
  const document = {
    reportFormat: 'CTRF',
    specVersion,
    timestamp: run.finishedAt,
    generatedBy: `Rampgate ${run.tool.version}`,
    runId: run.id,
    results: {
      tool: { name: 'Rampgate', version: run.tool.version },
      summary: {
        tests: cases.length,
        passed: count('passed'),
        failed: count('failed'),
        skipped: count('skipped'),
        pending: 0,
        other: 0,
        start,
        stop,
        duration: stop - start,
        extra: { verdict },
      },
      tests: cases.map(testOf),
      environment: {
        reportName: oneLine(`${run.rollout}: ${verdictWords[verdict]}`, 200),
        appName: oneLine(`${run.drill === undefined ? '' : 'drill of '}${run.target.name}`, 200),
        appVersion: oneLine(run.target.release, 200),
        testEnvironment: oneLine(run.profile, 200),
        osPlatform: oneLine(run.environment.os, 200),
        extra: {
          machineClass: run.environment.machineClass,
          browser: run.environment.browser,
          node: run.environment.node,
        },
      },
    },
  };
  return `${JSON.stringify(document, null, 1)}\n`;
}

const statuses = { passed: 'passed', failed: 'failed', inconclusive: 'failed', 'not-checked': 'skipped' } as const;

/** How long one criterion took nobody measures: probes answer several at once. */
function testOf({ id, name, group, status, outcome, message, details, properties, type }: TestCase): object {
  return {
    testId: oneLine(id, 200),
    name: oneLine(name, 400),
    status: statuses[status],
    rawStatus: outcome,
    duration: 0,
    suite: ['rampgate', group],
    message: plainText(message),
    ...(details.length === 0 ? {} : { trace: plainText(details.join('\n')) }),
    tags: [group, type],
    extra: properties,
  };
}
