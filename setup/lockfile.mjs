/** Whether what npm has installed is what package-lock.json lists. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @typedef {object} LockedPackage the part of a lockfile's entry that matters here
 * @property {string} [version]
 * @property {string} [integrity]
 * @property {boolean} [optional]
 * @property {boolean} [devOptional]
 * @property {string[]} [os]
 * @property {string[]} [cpu]
 * @property {string[]} [libc]
 * @property {boolean} [extraneous]
 */

/** @typedef {{ readonly [path: string]: LockedPackage }} LockedPackages */

/**
 * npm keeps in node_modules/.package-lock.json what it installed, so an installation made by hand counts as well.
 *
 * @param {string} root
 */
export function isInstalled(root) {
  const installed = join(root, 'node_modules', '.package-lock.json');
  return existsSync(installed) && agrees(packagesIn(join(root, 'package-lock.json')), packagesIn(installed));
}

/**
 * An optional package may be missing if it is not made for this machine; one that somebody tries out without saving it
 * may be there.
 *
 * @param {LockedPackages} locked @param {LockedPackages} installed
 * @internal Exported for its tests.
 */
export function agrees(locked, installed) {
  const missing = Object.entries(locked).some(([path, wanted]) => {
    const found = installed[path];
    if (path === '') return false;
    if (found === undefined) return isMadeForThisMachine(wanted) || !(wanted.optional || wanted.devOptional);
    return found.version !== wanted.version || (wanted.integrity ?? found.integrity) !== found.integrity;
  });
  return !missing && Object.entries(installed).every(([path, found]) => path in locked || found.extraneous);
}

/**
 * The pinned runtime is linked with glibc, so what is made for another C library is never needed.
 *
 * @param {LockedPackage} wanted
 */
function isMadeForThisMachine({ os = [], cpu = [], libc = ['glibc'] }) {
  return os.includes(process.platform) && cpu.includes(process.arch) && libc.includes('glibc');
}

/** @param {string} file @returns {LockedPackages} */
function packagesIn(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
}
