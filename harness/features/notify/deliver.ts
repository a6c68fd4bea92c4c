/** `rampgate deliver`: sends the messages to Sentry and channels that earlier runs could not deliver. */
import { resolve } from 'node:path';
import { loadConfig } from '../../config/load-config.ts';
import { notifyPolicy } from '../../config/notify.ts';
import { deliveryPolicy } from '../../config/reporting.ts';
import type { Rollout } from '../../config/rollout.ts';
import { exitCodes } from '../../lib/exit-codes.ts';
import { mistakes } from '../../lib/mistakes.ts';
import { redactorFor } from '../../lib/redact.ts';
import type { Shell } from '../../lib/shell.ts';
import type { Delivery } from '../../model/delivery.ts';
import { deliveryLines } from '../../report/delivery-wording.ts';
import type { DeliverFlags } from './describe-deliver.ts';
import { destinationOf } from './destination.ts';
import { together } from './notify-verdict.ts';
import { openNotifier } from './open-notifier.ts';
import { nothingSent, openSender, type SenderOptions } from './send-messages.ts';
import { openSentryTransport } from './sentry-transport.ts';

/** Resolves to 0 when the outbox is empty afterwards, and to 2 when messages are still waiting. */
export async function deliverCommand(flags: DeliverFlags, shell: Shell): Promise<number> {
  const path = resolve(shell.cwd, flags.config);
  const { rollout } = await loadConfig(path);
  if (rollout.reporting === undefined && rollout.notify === undefined) throw mistakes.nobodyToTell(path);
  const reports = resolve(shell.cwd, flags.out);
  const deliveries = await deliverAll(rollout, { reports, shell, redactor: redactorFor(shell.env) }, shell);
  const known = together(deliveries.filter(({ to }) => to !== null));
  if (known === null) throw mistakes.cannotDeliver(deliveries.map(({ problem }) => problem ?? '').join('; '));
  const delivery = together(deliveries) ?? known;
  shell.out(`${deliveryLines(delivery, shell.terminal).join('\n')}\n`);
  return (delivery.also ?? [delivery]).at(-1)?.outbox.waiting === 0 ? exitCodes.go : exitCodes.inconclusive;
}

async function deliverAll(
  { reporting, notify }: Rollout,
  options: SenderOptions,
  shell: Shell,
): Promise<readonly Delivery[]> {
  const toSentry = reporting === undefined ? [] : [await deliverWaiting(deliveryPolicy(reporting), options)];
  const notifier = openNotifier(notifyPolicy(notify, { profile: '', target: 'outbox' }), { ...options, shell });
  await notifier.sendWaiting(Number.POSITIVE_INFINITY);
  return [...toSentry, ...(await notifier.close())];
}

/** The messages to Sentry, for as long as it takes. */
async function deliverWaiting(
  { dsnVariable, timeoutMs }: { readonly dsnVariable: string; readonly timeoutMs: number },
  options: SenderOptions,
): Promise<Delivery> {
  const destination = destinationOf(dsnVariable, options.shell.env);
  if (typeof destination === 'string') return nothingSent(destination, options);
  const open = () => openSentryTransport({ dsn: destination.dsn, environment: 'outbox', timeoutMs });
  const sender = openSender(destination, { open }, options);
  await sender.sendWaiting(Number.POSITIVE_INFINITY);
  return sender.close();
}
