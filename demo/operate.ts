/** `demo operate …`: asks a running demo to do what kubectl and a deploy workflow do to a real application. */
import { request } from 'node:http';
import { parseArgs } from 'node:util';
import { mistakes, OperatorMistake } from './mistakes.ts';
import { socketOf } from './operations.ts';

/** Prints the demo's answer; resolves to the exit code, 1 when it refused. Throws OperatorMistake for incomplete arguments. */
export async function operate(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { api: { type: 'string' }, 'dry-run': { type: 'boolean', default: false } },
  });
  const { api, 'dry-run': isDryRun } = values;
  if (api === undefined || !URL.canParse(api) || positionals.length === 0) {
    throw new OperatorMistake(mistakes.nothingToOperate());
  }
  const path = `/${positionals.map(encodeURIComponent).join('/')}${isDryRun ? '?dry-run' : ''}`;
  return new Promise((resolve) => {
    const asked = request({ socketPath: socketOf(api), path, method: 'POST' }, (answer) => {
      const isDone = answer.statusCode === 200;
      answer.pipe(isDone ? process.stdout : process.stderr, { end: false });
      answer.once('end', () => resolve(isDone ? 0 : 1));
    });
    asked.once('error', ({ message }) => {
      process.stderr.write(`No demo can be operated at ${api}: ${message}\n`);
      resolve(1);
    });
    asked.end();
  });
}
