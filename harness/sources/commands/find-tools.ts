/** Which programs a command would start, and where they are. Nothing is run to find out. */
import type { CommandPolicy } from '../../model/checklist-policy.ts';
import { findProgram, searchPathFor } from './find-program.ts';

export interface Tool {
  readonly name: string;
  /** Null: it is not there. */
  readonly path: string | null;
}

/** What bash does itself, and the words that go before a program. */
const notPrograms = new Set(
  'cd echo export exit set test true false [ [[ if then else fi for while do done case esac exec time command ! { ( source . unset read wait trap'.split(
    ' ',
  ),
);

/** Every program at the beginning of a command or of a part of its line, once. */
export function findTools(
  { run, folder }: { readonly run: CommandPolicy['run']; readonly folder: string },
  env: { readonly [name: string]: string | undefined },
): readonly Tool[] {
  const names = typeof run === 'string' ? programsOf(run) : [run[0]];
  const searchPath = searchPathFor(folder, env);
  return names.map((name) => ({
    name,
    path: name === 'node' ? process.execPath : findProgram(name, { folder, searchPath }),
  }));
}

function programsOf(line: string): string[] {
  // What is quoted is an argument; a program whose name is quoted is not looked for.
  const parts = line.replaceAll(/'[^']*'|"[^"]*"/g, '$').split(/\|\|?|&&|;|\n/);
  const names = parts.flatMap(
    (part) =>
      part
        .trim()
        .split(/\s+/)
        .find((word) => !/^\w+=/.test(word)) ?? [],
  );
  return [...new Set(names)].filter((name) => name !== '' && !notPrograms.has(name) && !name.startsWith('$'));
}

/** A tool of the repository by its name, another one by its path. */
export function toolInWords({ name, path }: Tool): string {
  return path === null || path.endsWith(`node_modules/.bin/${name}`) ? name : path;
}
