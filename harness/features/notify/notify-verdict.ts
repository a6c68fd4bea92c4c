/** Sends a gate's verdict to the configured channels, where its profile asks for it. */

import { redactorFor } from '../../lib/redact.ts';
import type { Shell } from '../../lib/shell.ts';
import type { Delivery } from '../../model/delivery.ts';
import type { GateReport } from '../../model/gate-report.ts';
import type { Policy } from '../../sources/registry.ts';
import { verdictNotice } from './notice.ts';
import { linkTo, openNotifier } from './open-notifier.ts';

/** Messages that wait from earlier runs must not delay this one. */
const WAITING_WITHIN_MS = 10_000;

/** A delivery for each channel; none where this verdict is not to be sent. Never rejects. */
export async function notifyVerdict(
  report: GateReport,
  { notify }: Pick<Policy, 'notify'>,
  { reports, shell }: { readonly reports: string; readonly shell: Shell },
): Promise<readonly Delivery[]> {
  if (notify === null || !notify.verdicts.includes(report.verdict)) return [];
  const notifier = openNotifier(notify, { reports, shell, redactor: redactorFor(shell.env) });
  await notifier.sendWaiting(WAITING_WITHIN_MS);
  await notifier.tell([verdictNotice(report, linkTo(report.run.id, notify, shell))]);
  return notifier.close();
}

/** All deliveries as one; null where there are none. */
export function together(deliveries: readonly (Delivery | null)[]): Delivery | null {
  const [first, ...others] = deliveries.filter((one) => one !== null);
  if (first === undefined) return null;
  return others.length === 0 ? first : { ...first, also: others };
}
