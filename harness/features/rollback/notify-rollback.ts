/** Sends the outcome of a rollback to the configured channels. */
import { notifyPolicy } from '../../config/notify.ts';
import type { Rollout } from '../../config/rollout.ts';
import { redactorFor } from '../../lib/redact.ts';
import type { Shell } from '../../lib/shell.ts';
import type { Delivery } from '../../model/delivery.ts';
import { oneLine } from '../../report/plain-text.ts';
import { longestText, type Notice } from '../notify/notice.ts';
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

const verdicts = {
  running: 'no-go',
  stopped: 'no-go',
  done: 'go',
  left: 'inconclusive',
  interrupted: 'inconclusive',
} as const;

/** The notice of an executed rollback. */
function rollbackNotice(log: RollbackLog, link: string | null): Notice {
  const { id, run, target, scope, by, finishedAt, outcome, because, steps } = log;
  return {
    event: 'rollback',
    topic: target.name,
    run: run ?? id,
    at: finishedAt,
    message: {
      verdict: verdicts[outcome],
      title: oneLine(`Rollback ${outcome}: ${target.name} ${target.release}, ${scope}`, 140),
      sentences: [oneLine(because, longestText)],
      facts: [
        ['By', oneLine(by, longestText)],
        ['Log', id],
      ],
      findings: steps.slice(0, mostSteps).map((step) => ({
        outcome: step.state,
        criterion: oneLine(step.title, 100),
        text: oneLine(step.because, longestText),
      })),
      more: Math.max(0, steps.length - mostSteps),
      steps: [],
      link,
    },
  };
}

const mostSteps = 6;
