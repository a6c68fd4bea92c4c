/** Programs for tests that write down what they are asked, and behave as a test wants them to. */
import { appendFileSync, chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface RecordingTools {
  /** What was asked so far, in order: `kubectl rollout undo …`. */
  readonly asked: () => readonly string[];
  /** What it does when its arguments match this pattern of bash; the latest that matches counts, otherwise it ends well. */
  readonly when: (tool: string, argumentsLike: string, line: string) => void;
  /** Puts the search path back. */
  readonly release: () => void;
}

/** Puts programs of these names first on the search path of this process. */
export function recordingTools(folder: string, ...tools: readonly string[]): RecordingTools {
  const bin = join(folder, 'bin');
  const record = join(folder, 'asked.txt');
  mkdirSync(bin, { recursive: true });
  for (const tool of tools) {
    const behaviour = join(folder, `${tool}.sh`);
    writeFileSync(behaviour, '');
    const program = join(bin, tool);
    writeFileSync(
      program,
      `#!/bin/bash\necho "${tool} $*" >> '${record}'\nbehave() { :; }\n. '${behaviour}'\nbehave "$*"\n`,
    );
    chmodSync(program, 0o755);
  }
  const before = process.env['PATH'];
  process.env['PATH'] = `${bin}:${before}`;
  return {
    asked: () => (existsSync(record) ? readFileSync(record, 'utf8').trimEnd().split('\n') : []),
    when: (tool, argumentsLike, line) =>
      appendFileSync(
        join(folder, `${tool}.sh`),
        `eval "$(declare -f behave | sed '1s/behave/behave_${lines}/')"\nbehave() { if [[ "$1" == ${argumentsLike} ]]; then ${line}; else behave_${lines++} "$1"; fi; }\n`,
      ),
    release: () => {
      process.env['PATH'] = before;
    },
  };
}

let lines = 0;
