/** Tells on standard error what takes long: one updating line on a terminal, plain lines elsewhere. */

/**
 * @typedef {object} Progress
 * @property {<T>(title: string, act: () => Promise<T>) => Promise<T>} during
 *   tells that `title` is going on while `act` runs, and how long it took
 * @property {(message: string) => void} say one line of its own
 */

/** @typedef {{ readonly isTTY?: boolean, write(text: string): unknown }} Output */

/** How often each kind of output hears that a step still goes on. */
const everyMs = { terminal: 1_000, plain: 30_000 };

/**
 * @param {Output} [output]
 * @returns {Progress}
 */
export function showProgress(output = process.stderr) {
  const interactive = output.isTTY === true && process.env.CI === undefined;
  const print = interactive
    ? /** @param {string} text @param {boolean} final */ (text, final) =>
        output.write(`\r\u001b[2K${text}${final ? '\n' : ''}`)
    : /** @param {string} text */ (text) => output.write(`${text}\n`);
  return {
    during: (title, act) => during({ title, print, everyMs: interactive ? everyMs.terminal : everyMs.plain }, act),
    say: (message) => void print(message, true),
  };
}

/**
 * @template T
 * @param {{ title: string, print: (text: string, final: boolean) => unknown, everyMs: number }} line
 * @param {() => Promise<T>} act
 */
async function during({ title, print, everyMs }, act) {
  const startedAt = performance.now();
  const elapsed = () => `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
  print(`${title} …`, false);
  const ticking = setInterval(() => print(`${title} … ${elapsed()}`, false), everyMs);
  try {
    const result = await act();
    print(`${title}: done in ${elapsed()}`, true);
    return result;
  } catch (error) {
    print(`${title}: failed after ${elapsed()}`, true);
    throw error;
  } finally {
    clearInterval(ticking);
  }
}
