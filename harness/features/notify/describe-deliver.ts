/** The flags and help of `rampgate deliver`. */
import type { Command } from '@commander-js/extra-typings';
import { type FlagsOf, outOption, sharedOptions } from '../../lib/command-options.ts';

export type DeliverFlags = FlagsOf<ReturnType<typeof describeDeliver>>;

export function describeDeliver(program: Command) {
  return program
    .command('deliver')
    .description('send what could not be told to Sentry or a channel before')
    .addOption(outOption('where run folders are, and the outbox'))
    .addOption(sharedOptions.config)
    .addHelpText('after', deliverHelp);
}

const deliverHelp = `
A gate that reports does so by itself before it measures.

Exit codes: 0 nothing waits any more, 2 something does, 3 usage,
            70 a bug in Rampgate`;
