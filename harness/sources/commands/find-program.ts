/** Whether a command's folder and program are there: what cannot run at all says nothing about what it would check. */
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

/** The first executable file of this name on a search path; a name with a slash is a path below `folder`. */
export function findProgram(
  program: string,
  { folder, searchPath }: { readonly folder: string; readonly searchPath: string },
): string | null {
  const places = program.includes('/')
    ? [resolve(folder, program)]
    : searchPath
        .split(delimiter)
        .filter((place) => place !== '')
        .map((place) => join(place, program));
  return places.find(isExecutable) ?? null;
}

/** The project's own tools first, as npm does. */
export function searchPathFor(folder: string, env: { readonly [name: string]: string | undefined }): string {
  return [join(folder, 'node_modules', '.bin'), env['PATH'] ?? ''].join(delimiter);
}

export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
