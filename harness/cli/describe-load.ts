/** The flags and help of `rampgate load`. */
import { type Command, Option } from '@commander-js/extra-typings';
import { type FlagsOf } from '../lib/command-options.ts';

export type LoadFlags = FlagsOf<ReturnType<typeof describeLoad>>;

export function describeLoad(program: Command) {
  return program
    .command('load')
    .description('put a stated load on a URL and say truthfully how it answered')
    .argument('[url]', 'what to ask for, again and again')
    .addOption(
      new Option('--rate <n>', 'arrivals per second, whether or not answers came; "max": closed loop').default('50'),
    )
    .addOption(new Option('--for <duration>', 'how long').default('30s'))
    .addOption(new Option('--warm-up <duration>', 'uncounted load before it').default('2s'))
    .addOption(new Option('--timeout <duration>', 'a request without an answer is given up').default('5s'))
    .option('--connections <n>', 'requests in flight at the most; more wait (default: 256, closed loop 10)')
    .option('--urls <file>', 'several URLs of one origin, one a line, a weight before it')
    .option('--vary <parameter>', 'make every request a distinct URL by this parameter')
    .addOption(
      new Option('--method <name>', 'HTTP method')
        .default('GET')
        .choices(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD']),
    )
    .option('--header <line...>', 'header to send, "Name: value"')
    .option('--body-file <file>', 'file to send as the body')
    .option('--expect-status <code...>', 'statuses of a good answer (default: any 2xx)')
    .option('--expect-body <text>', 'text that a good answer contains')
    .option('--cache-header <name...>', 'where an answer says hit or miss (default: the usual ones)')
    .option('--allow-host <name...>', 'hosts beyond this machine that may be loaded')
    .addOption(new Option('--max-rate <n>', 'ceiling on --rate').default('200'))
    .option('--max-requests <n>', 'ceiling on all requests; --rate max needs it (default: 50000)')
    .option('--insecure', 'accept an untrusted certificate')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', loadHelp);
}

const loadHelp = `
Latency counts from when a request was due. Redirects are not followed.

Examples:
  rampgate load http://localhost:8080/api/items --rate 100 --for 30s
  rampgate load http://localhost:8080/api/items --expect-body '"items"' --json
  rampgate load --urls urls.txt --rate 20
  rampgate load http://localhost:8080/api --rate max --max-requests 1000000

Exit codes: 0 the load ran as intended, 2 the rate was not reached or nothing
            was served, 3 usage, 70 a bug in Rampgate, 130 interrupted`;
