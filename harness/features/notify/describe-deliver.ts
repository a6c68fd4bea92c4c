/** The flags and help of `rampgate deliver`. */
import type { Command } from '@commander-js/extra-typings';
import { type FlagsOf, outOption, sharedOptions } from '../../lib/command-options.ts';

export type DeliverFlags = FlagsOf<ReturnType<typeof describeDeliver>>;

export function describeDeliver(program: Command) {
  return program
    .command('deliver')
    .description('send messages to Sentry and channels that could not be delivered before')
    .addOption(outOption('where run folders are, and the outbox'))
    .addOption(sharedOptions.config)
    .addHelpText('after', deliverHelp);
}

const deliverHelp = `
A gate that reports to Sentry or a channel does this by itself.

Exit codes: 0 nothing is waiting any more, 2 messages are, 3 usage,
            70 a bug in Rampgate`;
