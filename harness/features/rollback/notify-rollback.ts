/** Tells the channels of the configuration what came of a way back. */
import { notifyPolicy } from '../../config/notify.ts';
import type { Rollout } from '../../config/rollout.ts';
import { redactorFor } from '../../lib/redact.ts';
import type { Shell } from '../../lib/shell.ts';
import type { Delivery } from '../../model/delivery.ts';
import { rollbackNotice } from '../notify/notice.ts';
import { together } from '../notify/notify-verdict.ts';
import { linkTo, openNotifier } from '../notify/open-notifier.ts';
import type { RollbackLog } from './log.ts';

/** Null where no channel is configured. Never rejects. */
export async function notifyRollback(
  log: RollbackLog,
  { notify }: Pick<Rollout, 'notify'>,
  { reports, shell }: { readonly reports: string; readonly shell: Shell },
): Promise<Delivery | null> {
  const policy = notifyPolicy(notify, { profile: '', target: log.target.name });
  if (policy === null) return null;
  const notifier = openNotifier(policy, { reports, shell, redactor: redactorFor(shell.env) });
  await notifier.tell([rollbackNotice(log, linkTo(log.run ?? log.id, policy, shell))]);
  return together(await notifier.close());
}
