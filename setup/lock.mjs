/** A lock file between processes: one acts, the others wait and say so; a dead holder's lock is broken. */
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { mistakes } from './mistakes.mjs';

/**
 * @typedef {object} Lock
 * @property {string} file
 * @property {number} waitLimitMs how long to wait for another holder
 * @property {(message: string) => void} say told once, when there is somebody to wait for
 */

const pollMs = 200;

/**
 * @template T
 * @param {Lock} lock
 * @param {() => Promise<T>} act
 * @returns {Promise<T>}
 * @throws {import('./mistakes.mjs').OperatorMistake} when the holder does not end, or the file cannot be written
 */
export async function withLock(lock, act) {
  const claim = `${process.pid} on ${hostname()} since ${new Date().toISOString()}\n`;
  await take(lock, claim);
  try {
    return await act();
  } finally {
    rmSync(lock.file, { force: true });
  }
}

/** @param {Lock} lock @param {string} claim */
async function take(lock, claim) {
  const startedAt = Date.now();
  let told = false;
  while (!claimed(lock.file, claim)) {
    const holder = holderOf(lock.file);
    if (holder === '' || breakIfDead(lock.file, holder)) continue;
    const waitedMs = Date.now() - startedAt;
    if (waitedMs > lock.waitLimitMs)
      throw mistakes.lockHeld({ file: lock.file, holder: `process ${holder.trim()}`, waitedMs });
    if (!told) lock.say(`Waiting for another set-up of this clone (process ${holder.trim()}) …`);
    told = true;
    await sleep(pollMs);
  }
}

/**
 * Linking a complete file into place, rather than creating and then writing it, means that no lock is ever seen empty.
 *
 * @param {string} file @param {string} claim
 */
function claimed(file, claim) {
  const own = `${file}.${process.pid}`;
  try {
    writeFileSync(own, claim);
    linkSync(own, file);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw mistakes.notWritable({ path: file, reason: error instanceof Error ? error.message : String(error) });
  } finally {
    rmSync(own, { force: true });
  }
}

/** @param {string} file @returns {string} the holder's claim, or nothing if it was released meanwhile */
function holderOf(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return '';
    throw error;
  }
}

/**
 * Several may find the same dead holder at once. Only who creates the breaker's file may remove the lock, and only if it
 * is still the dead one's: otherwise a slow one would remove the lock that a quick one has taken meanwhile.
 *
 * @param {string} file @param {string} holder
 */
function breakIfDead(file, holder) {
  const [pid = '', , host] = holder.trim().split(' ');
  if (host !== hostname() || isAlive(Number(pid))) return false;
  const breaker = `${file}.breaking`;
  if (!claimed(breaker, holder)) return false;
  try {
    if (holderOf(file) === holder) rmSync(file, { force: true });
    return true;
  } finally {
    rmSync(breaker, { force: true });
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !hasCode(error, 'ESRCH');
  }
}

/** @param {unknown} error @param {string} code */
function hasCode(error, code) {
  return error instanceof Error && 'code' in error && error.code === code;
}
