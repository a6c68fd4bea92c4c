/** The commands probe: runs a list of the checklist's commands → evidence, one check per command that came to its end. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../../lib/message-of.ts';
import { packageVersion } from '../../lib/package-version.ts';
import type { Redactor } from '../../lib/redact.ts';
import type { Shell } from '../../lib/shell.ts';
import type { CommandListPolicy, CommandPolicy } from '../../model/checklist-policy.ts';
import type { Attachment, Check, Evidence, QualityIssue } from '../../model/evidence.ts';
import { endInWords } from './describe-exit.ts';
import { commandLine, type FinishedCommand, runCommand } from './run-command.ts';

export interface CommandsProbeOptions {
  readonly runFolder: string;
  readonly redactor: Redactor;
  readonly shell: Shell;
  readonly signal: AbortSignal;
  readonly onProgress: (text: string) => void;
}

interface RunCommand {
  readonly command: CommandPolicy;
  readonly finished: FinishedCommand;
  readonly attachment: Attachment;
}

const LONGEST_LINE_SHOWN = 120;

/** Runs a list, as many at once as it says. Never throws: what goes wrong is in the evidence. */
export async function collectCommands(list: CommandListPolicy, options: CommandsProbeOptions): Promise<Evidence> {
  const { shell } = options;
  const probe = `commands-${list.name}`;
  const startedAt = shell.now().toISOString();
  try {
    const done = await runAll(list, options);
    return {
      status: 'collected',
      probe,
      startedAt,
      finishedAt: shell.now().toISOString(),
      measurements: [
        {
          kind: 'checks',
          sli: sliOf(list),
          how: `the exit codes of ${list.each.length} commands: ${list.title}`,
          unit: 'count',
          checks: done.flatMap(checkOf),
        },
      ],
      facts: {
        list: list.list,
        commands: done.map(({ command, finished }) => ({
          title: command.title,
          command: options.redactor.text(commandLine(command)),
          in: command.in,
          env: [...command.env],
          notSet: command.env.filter((name) => shell.env[name] === undefined),
          timeoutMs: command.timeoutMs,
          tookMs: Math.round(finished.tookMs),
          end: { ...finished.end },
        })),
      },
      tools: { zx: packageVersion('zx'), Node: process.version },
      attachments: done.map(({ attachment }) => attachment),
      qualityIssues: done.flatMap((one) => qualityIssueOf(one, list)),
    };
  } catch (error) {
    const message = messageOf(error);
    const qualityIssue: QualityIssue = { code: 'probe-crashed', message: `the commands could not be run: ${message}` };
    return {
      status: 'unavailable',
      probe,
      startedAt,
      finishedAt: shell.now().toISOString(),
      qualityIssues: [qualityIssue],
    };
  }
}

function sliOf({ name }: CommandListPolicy): string {
  return `checklist.${name}`;
}

async function runAll(list: CommandListPolicy, options: CommandsProbeOptions): Promise<RunCommand[]> {
  const { runFolder, shell, redactor, signal, onProgress } = options;
  mkdirSync(join(runFolder, 'evidence'), { recursive: true });
  const waiting = [...list.each.entries()];
  const done = new Map<number, RunCommand>();
  const runNext = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, command] = next;
      const onLine = (line: string): void =>
        onProgress(`${done.size + 1}/${list.each.length} ${command.title}: ${shortened(line)}`);
      onLine('…');
      const finished = await runCommand(command, { cwd: shell.cwd, env: shell.env, redactor, signal, onLine });
      done.set(index, {
        command,
        finished,
        attachment: saveOutput(list, { command, finished, index, runFolder, redactor }),
      });
    }
  };
  await Promise.all(Array.from({ length: list.parallel }, runNext));
  return [...done].sort(([a], [b]) => a - b).map(([, one]) => one);
}

interface Output {
  readonly command: CommandPolicy;
  readonly finished: FinishedCommand;
  readonly index: number;
  readonly runFolder: string;
  readonly redactor: Redactor;
}

function saveOutput(list: CommandListPolicy, { command, finished, index, runFolder, redactor }: Output): Attachment {
  const path = `evidence/commands-${list.name}-${index + 1}.txt`;
  const opening = redactor.text(`$ ${commandLine(command)}\n# in ${command.in}: ${endInWords(finished)}\n`);
  writeFileSync(join(runFolder, path), `${opening}${finished.output}\n`);
  return { name: `output of "${command.title}"`, path, mediaType: 'text/plain' };
}

function checkOf({ command, finished }: RunCommand): Check[] {
  const { end, tellingLine } = finished;
  if (end.kind !== 'exited' && end.kind !== 'killed') return [];
  const ok = end.kind === 'exited' && end.code === 0;
  const said = ok || tellingLine === '' ? '' : `: ${shortened(tellingLine)}`;
  return [{ name: command.title, ok, expected: 'exit 0', actual: `${endInWords(finished)}${said}` }];
}

function qualityIssueOf({ command, finished }: RunCommand, list: CommandListPolicy): QualityIssue[] {
  const slis = [sliOf(list)];
  const about = `"${command.title}" (${commandLine(command)})`;
  const advice = command.advice === undefined ? '' : `; ${command.advice}`;
  switch (finished.end.kind) {
    case 'exited':
    case 'killed':
      return [];
    case 'cannot-run': {
      const said = finished.tellingLine === '' ? '' : ` (${shortened(finished.tellingLine)})`;
      const message = `${about} cannot run: ${finished.end.why}${said}${advice}`;
      return [{ code: 'command-not-runnable', message, slis }];
    }
    case 'timed-out': {
      const message = `${about} was stopped after ${seconds(command.timeoutMs)}, its time limit`;
      return [{ code: 'command-timed-out', message, slis }];
    }
    case 'interrupted':
      return [{ code: 'interrupted', message: `the run was interrupted before ${about} had ended`, slis }];
  }
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

function shortened(line: string): string {
  return line.length > LONGEST_LINE_SHOWN ? `${line.slice(0, LONGEST_LINE_SHOWN)} …` : line;
}
