/** Logs: lines that match a pattern, counted in a window of time. */
import { z } from 'zod';
import { defined } from '../../lib/defined.ts';
import { formatDuration } from '../../lib/format.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { Diagnosis } from '../diagnosis.ts';
import { unlessAllowed } from '../probe.ts';
import { samplingTask } from '../sampling.ts';
import { describeSource } from '../source.ts';
import {
  type LogPolicy,
  type LogsRollout,
  type LogsTarget,
  logsContradictions,
  logsKeys,
  logsToRead,
} from './settings.ts';

interface Asked {
  readonly logs: readonly LogPolicy[];
}

export const logs = describeSource<typeof logsKeys, LogsRollout, LogsTarget, object, Asked>({
  kind: 'logs',
  from: ['logs:<name>'],
  keys: logsKeys,
  names: (rollout) => Object.keys(rollout.logs),
  contradictions: logsContradictions,
  ask: ({ rollout, target, from, logs: given }) => ({
    logs: logsToRead(rollout, target, { logs: given }).filter(({ name }) => from.has(`logs:${name}`)),
  }),
  nothing: { logs: [] },
  evidence: ({ logs: asked }) => asked.map(({ name }) => `logs-${name}`),
  probes: (policy, { target, folder, shell, signal }) =>
    policy.logs.map((log) => ({
      title: `Read the log ${log.name}`,
      phase: 'log',
      brings: [`logs-${log.name}`],
      run: async (_, { trafficSinceMs }) => {
        const { collectLogs } = await import('./collect-logs.ts');
        return [
          await collectLogs(announcedLog(log, target.logs), {
            trafficSinceMs,
            target: target.identity,
            runFolder: folder.path,
            shell,
            signal,
            ...unlessAllowed(policy, 'logs'),
          }),
        ];
      },
    })),
  watch: {
    turn: 6,
    isWindowed: true,
    /** From where the last reading ended: no line is counted twice, and none is left out. */
    tasks: (policy, options) => {
      const { target, shell, signal } = options;
      return policy.logs.map((log) =>
        samplingTask(`logs-${log.name}`, options, async (sinceMs) => {
          const { collectLogs } = await import('./collect-logs.ts');
          return collectLogs(
            { ...announcedLog(log, target.logs), windowMs: sinceMs },
            {
              trafficSinceMs: null,
              target: target.identity,
              shell,
              signal,
              ...defined({ withoutControl: policy.target.withoutControls.logs }),
            },
          );
        }),
      );
    },
  },
  /** Reads each as the gate would: a command is run, Loki is asked. */
  examine: async ({ logs: asked, target: of }, { target, shell, signal }) => {
    const { collectLogs } = await import('./collect-logs.ts');
    const diagnoses: Diagnosis[] = [];
    for (const log of asked) {
      const evidence = await collectLogs(
        { ...announcedLog(log, target?.logs ?? {}), control: null },
        { trafficSinceMs: null, target: target?.identity ?? nowhere, shell, signal },
      );
      diagnoses.push(diagnosisOf(log.name, evidence, { nowMs: shell.now().getTime(), target: of.name }));
    }
    return diagnoses;
  },
});

/** Where a log is: a started target knows best, unless somebody said so for this run. */
function announcedLog(log: LogPolicy, announced: { readonly [name: string]: string }): LogPolicy {
  const path = log.isGiven ? undefined : announced[log.name];
  return path === undefined ? log : { ...log, source: { kind: 'files', paths: [path] } };
}

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
