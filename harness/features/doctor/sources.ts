/** Each source that the gate may ask, with the function that looks at it beforehand. A new source is a line here. */
import { examineBundle } from './bundle.ts';
import type { Examine } from './diagnosis.ts';
import { examineLogs } from './logs.ts';
import { examineMetrics } from './metrics.ts';
import { examineChecks, examineLoads, examinePages } from './requests.ts';
import { examineSentry } from './sentry.ts';
import { examineCommands } from './tools.ts';

export const sources: readonly Examine[] = [
  examineCommands,
  examineChecks,
  examinePages,
  examineLoads,
  examineBundle,
  examineSentry,
  examineMetrics,
  examineLogs,
];
