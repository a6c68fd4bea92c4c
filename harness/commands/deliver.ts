/** `rampgate deliver`: sends what earlier runs could not tell Sentry. */
import { resolve } from 'node:path';
import { loadConfig } from '../config/load-config.ts';
import { deliveryPolicy } from '../config/reporting.ts';
import { deliverKept } from '../delivery/deliver-kept.ts';
import { exitCodes } from '../exit-codes.ts';
import { mistakes } from '../mistakes.ts';
import { redactorFor } from '../redact.ts';
import { deliveryLines } from '../report/delivery-wording.ts';
import type { Shell } from '../shell.ts';

export interface DeliverFlags {
  readonly out: string;
  readonly config: string;
}

/** Resolves to 0 when nothing waits any more, and to 2 when something does. */
export async function deliverCommand(flags: DeliverFlags, shell: Shell): Promise<number> {
  const path = resolve(shell.cwd, flags.config);
  const { rollout } = await loadConfig(path);
  if (rollout.reporting === undefined) throw mistakes.nobodyToTell(path);
  const reports = resolve(shell.cwd, flags.out);
  const delivery = await deliverKept(deliveryPolicy(rollout.reporting), {
    reports,
    shell,
    redactor: redactorFor(shell.env),
  });
  if (delivery.to === null) throw mistakes.cannotDeliver(delivery.problem ?? '');
  shell.out(`${deliveryLines(delivery, shell.terminal).join('\n')}\n`);
  return delivery.outbox.waiting === 0 ? exitCodes.go : exitCodes.inconclusive;
}
