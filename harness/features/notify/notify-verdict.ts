/** Tells the channels of the configuration what came of a gate, where its profile asks for it. */

import { redactorFor } from '../../lib/redact.ts';
import type { Shell } from '../../lib/shell.ts';
import type { Delivery } from '../../model/delivery.ts';
import type { GateReport } from '../../model/gate-report.ts';
import type { Policy } from '../../sources/registry.ts';
import { verdictNotice } from './notice.ts';
import { linkTo, openNotifier } from './open-notifier.ts';

/** What waits from earlier runs must not hold this one up. */
const KEPT_WITHIN_MS = 10_000;

/** A delivery for each channel; none where this verdict is not to be told. Never rejects. */
export async function notifyVerdict(
  report: GateReport,
  { notify }: Pick<Policy, 'notify'>,
  { reports, shell }: { readonly reports: string; readonly shell: Shell },
): Promise<readonly Delivery[]> {
  if (notify === null || !notify.verdicts.includes(report.verdict)) return [];
  const notifier = openNotifier(notify, { reports, shell, redactor: redactorFor(shell.env) });
  await notifier.sendKept(KEPT_WITHIN_MS);
  await notifier.tell([verdictNotice(report, linkTo(report.run.id, notify, shell))]);
  return notifier.close();
}

/** Everybody who was told, or was to be told, as one; null where nobody was. */
export function together(deliveries: readonly (Delivery | null)[]): Delivery | null {
  const [first, ...others] = deliveries.filter((one) => one !== null);
  if (first === undefined) return null;
  return others.length === 0 ? first : { ...first, also: others };
}
