/** The demo as a command: starts it, prints its addresses, stops it on a signal. */
import { helpText, parseCommandLine, renderFaultList, type StartRequest } from './command-line.ts';
import type { DemoTarget } from './demo.ts';
import { OperatorMistake } from './mistakes.ts';
import { operate } from './operate.ts';
import { type OperatedDemo, operateDemo } from './operations.ts';

async function main(args: readonly string[]): Promise<void> {
  if (args[0] === 'operate') {
    process.exitCode = await operate(args.slice(1));
    return;
  }
  const request = parseCommandLine(args);
  switch (request.kind) {
    case 'help':
      process.stdout.write(helpText);
      return;
    case 'list-faults':
      process.stdout.write(renderFaultList());
      return;
    case 'start':
      await serve(request);
  }
}

async function serve(request: StartRequest): Promise<void> {
  const demo = await operateDemo({ ...request, isCacheEnabled: process.env['CACHE_DIFF_ENABLED'] !== 'false' });
  process.stdout.write(welcome(demo.target, request));
  process.stdout.write(`RAMPGATE_TARGET ${JSON.stringify(demo.target)}\n`);
  stopOnRequest(demo, request.exitWithParent);
}

function stopOnRequest(demo: OperatedDemo, exitWithParent: boolean): void {
  let isStopping = false;
  const stop = async () => {
    if (isStopping) return;
    isStopping = true;
    await demo.stop();
    process.exit(0);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  if (exitWithParent) process.stdin.resume().on('close', stop);
}

function welcome({ web, api, home, sentry }: DemoTarget, { faults }: StartRequest): string {
  const planted = [...faults].map(([name, size]) => `${name}=${size}`).join(', ');
  return `
The demo is running.

  All artifacts         ${web}/manage
  5+ deployments        ${web}/manage?artifact=skill%3Ateam-playbook&tab=sync
  64 modified files     ${web}/manage?artifact=skill%3Amega-migration&tab=sync
  A small one           ${web}/manage?artifact=skill%3Apocket-notes&tab=sync
  API                   ${api}/openapi.json
  Files and logs        ${home}
  Sentry                ${sentry?.url ?? 'none'}
  Planted faults        ${planted === '' ? 'none' : planted}

Stop it with Ctrl+C.

`;
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof OperatorMistake)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 3;
}
