/** Whether each log can be read, and is being written. */
import { z } from 'zod';
import { formatDuration } from '../../lib/format.ts';
import type { Evidence } from '../../model/evidence.ts';
import { announcedLog } from '../../sources/logs/announced-log.ts';
import { collectLogs } from '../../sources/logs/collect-logs.ts';
import type { Diagnosis, Examine } from './diagnosis.ts';

const LONG_NAME = 40;
/** Where nothing is planted, nothing is asked. */
const nowhere = { web: '', api: '' };
const reading = z.looseObject({
  lines: z.number(),
  inWindow: z.number(),
  latest: z.string().nullable(),
  problems: z.array(z.string()),
  streams: z.array(z.looseObject({ name: z.string() })),
});

/** Reads each as the gate would: a command is run, Loki is asked. */
export const examineLogs: Examine = async ({ policy, target, shell, signal }) => {
  const diagnoses: Diagnosis[] = [];
  for (const log of policy.logs) {
    const evidence = await collectLogs(
      { ...announcedLog(log, target?.logs ?? {}), control: null },
      { trafficSinceMs: null, target: target?.identity ?? nowhere, shell, signal },
    );
    diagnoses.push(diagnosisOf(log.name, evidence, { nowMs: shell.now().getTime(), target: policy.target.name }));
  }
  return diagnoses;
};

function diagnosisOf(
  name: string,
  evidence: Evidence,
  { nowMs, target }: { readonly nowMs: number; readonly target: string },
): Diagnosis {
  const what = `log ${name}`;
  // What its lines say of one indicator, they say once there is traffic.
  const said = evidence.qualityIssues
    .filter(({ slis }) => slis === undefined)
    .map(({ message }) => message.replace(`log ${name} is blind: `, ''))
    .join('; ');
  if (evidence.status === 'unavailable' || evidence.measurements.length === 0) {
    const advice = `say where it is with targets.${target}.logs, or for once with --logs ${name}=PATH`;
    return { what, state: 'blind', found: unread(evidence) ?? said, advice };
  }
  const { latest, inWindow, lines } = reading.parse(evidence.facts);
  const ageMs = nowMs - Date.parse(latest ?? '');
  const found = `last line ${formatDuration(Math.max(0, ageMs))} old; ${inWindow} of ${lines} lines in its window`;
  return { what, state: 'ready', found: said === '' ? found : `${found}; ${said}` };
}

/** Where nothing could be read at all: why, without the whole of a long command. */
function unread(evidence: Evidence): string | null {
  if (evidence.status === 'unavailable') return null;
  const { lines, problems, streams } = reading.parse(evidence.facts);
  if (lines > 0) return null;
  const words = streams.reduce(
    (text, { name }) => text.replaceAll(name, name.length > LONG_NAME ? `${name.slice(0, LONG_NAME)}…` : name),
    problems.join('; '),
  );
  return words === '' ? null : words;
}
