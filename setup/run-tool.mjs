/** Runs another program in a process group of its own: output kept, time limited, stopped with us. */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/** How much of the end of a program's output is kept, in characters. */
const keptOutput = 200_000;

/** How long a program may take to end after it was asked to. */
const graceMs = 5_000;

/**
 * @typedef {object} Tool
 * @property {string} command
 * @property {readonly string[]} args
 * @property {string} cwd
 * @property {NodeJS.ProcessEnv} env
 * @property {number} timeLimitMs
 */

/**
 * @typedef {object} ToolResult
 * @property {boolean} ok whether it ended by itself with exit code 0
 * @property {string} reason how it ended, in words that follow its name
 * @property {string} output standard output and standard error as they came, the end of it if it was long
 */

/** Somebody asked us to stop while a program ran; it has been stopped. */
export class Interrupted extends Error {
  /** @param {NodeJS.Signals} signal */
  constructor(signal) {
    super(`interrupted by ${signal}`);
    this.name = 'Interrupted';
    this.exitCode = exitCodeOf(null, signal);
  }
}

/**
 * @param {Tool} tool
 * @returns {Promise<ToolResult>}
 * @throws {Interrupted}
 */
export function runTool(tool) {
  return new Promise((resolve, reject) => {
    let output = '';
    /** @type {NodeJS.Signals | undefined} */
    let interruptedBy;
    let timedOut = false;
    const child = spawn(tool.command, tool.args, {
      cwd: tool.cwd,
      env: tool.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    const keep = (/** @type {Buffer} */ chunk) => {
      output = (output + chunk.toString()).slice(-keptOutput);
    };
    const interrupt = (/** @type {NodeJS.Signals} */ signal) => {
      interruptedBy = signal;
      stopGroup(child.pid);
    };
    const limit = setTimeout(() => {
      timedOut = true;
      stopGroup(child.pid);
    }, tool.timeLimitMs);
    const release = () => {
      clearTimeout(limit);
      process.off('SIGINT', interrupt).off('SIGTERM', interrupt).off('SIGHUP', interrupt);
    };
    process.on('SIGINT', interrupt).on('SIGTERM', interrupt).on('SIGHUP', interrupt);
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => {
      release();
      resolve({ ok: false, reason: `could not be started (${error.message})`, output });
    });
    child.on('close', (code, signal) => {
      release();
      if (interruptedBy !== undefined) reject(new Interrupted(interruptedBy));
      else if (timedOut) resolve({ ok: false, reason: `did not end in ${tool.timeLimitMs / 1000} s`, output });
      else resolve({ ok: code === 0, reason: signal ? `was ended by ${signal}` : `gave exit code ${code}`, output });
    });
  });
}

/**
 * The exit code that stands for how a process ended, as shells give it.
 *
 * @param {number | null} code
 * @param {NodeJS.Signals | null} signal
 */
export function exitCodeOf(code, signal) {
  return signal === null ? (code ?? 70) : 128 + constants.signals[signal];
}

/** @param {number | undefined} pid */
function stopGroup(pid) {
  if (pid === undefined) return;
  signalGroup(pid, 'SIGTERM');
  setTimeout(() => signalGroup(pid, 'SIGKILL'), graceMs).unref();
}

/** @param {number} pid @param {NodeJS.Signals} signal */
function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch {
    // The group has ended already.
  }
}
