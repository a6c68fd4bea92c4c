/** Sees to it that tests find a Postgres server: one on PATH or where Debian puts it, or Debian's package. */
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { aptGet } from './apt.mjs';
import { mistakes } from './mistakes.mjs';

/** Debian keeps each major version in a folder of its own, off PATH. */
const debianFolder = '/usr/lib/postgresql';

/**
 * @param {Pick<import('./clone.mjs').Clone, 'root' | 'env'>} clone
 * @returns {Promise<string>} the folder with `initdb` and `postgres`
 * @throws {import('./mistakes.mjs').OperatorMistake} when there is none and none can be installed
 */
export async function ensurePostgres(clone) {
  const found = findPostgres(clone.env);
  if (found !== null) return found;
  const tasks = [['update'], ['install', '-y', 'postgresql']];
  const problem = await aptGet(clone, { what: 'apt-get install postgresql', tasks });
  const installed = findPostgres(clone.env);
  if (installed === null) throw mistakes.noPostgres(problem);
  return installed;
}

/** @param {NodeJS.ProcessEnv} env @returns {string | null} */
function findPostgres(env) {
  const versions = existsSync(debianFolder) ? readdirSync(debianFolder).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...(env.PATH ?? '').split(delimiter),
    ...versions.map((version) => join(debianFolder, version, 'bin')),
  ];
  return folders.find((folder) => ['initdb', 'postgres'].every((name) => existsSync(join(folder, name)))) ?? null;
}
