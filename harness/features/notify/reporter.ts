/** Reports a run to Sentry, and records each delivery result. Changes no verdict, and never throws. */
import type { Delivery } from '../../model/delivery.ts';
import type { GateReport } from '../../model/gate-report.ts';
import type { MonitorPolicy, ReportingPolicy } from '../../model/notify-policy.ts';
import { destinationOf } from './destination.ts';
import { findingEvents } from './finding-events.ts';
import { nothingSent, openSender, type Sender, type SenderOptions } from './send-messages.ts';
import { openSentryTransport, type SentryTransport } from './sentry-transport.ts';

export interface Reporter {
  /** Sends the waiting messages of earlier runs, and the check-in of this one. */
  begin(): Promise<void>;
  /** Sends its findings. Null where reporting is off. */
  conclude(report: GateReport): Promise<Delivery | null>;
  /** Reports a run that ended without a report; null where it was reported already. */
  abandon(): Promise<Delivery | null>;
}

/** A finding that is older has been seen by the runs of the days after, or is no longer so. */
const KEEP_FINDINGS_MS = 7 * 24 * 3_600_000;

/** Waiting messages are sent before anything is measured, and must not delay it. */
const WAITING_WITHIN_MS = 10_000;

/** A reporter for one run; it sends nothing where the policy is null. */
export function openReporter(policy: ReportingPolicy | null, options: SenderOptions): Reporter {
  const nobody = async (): Promise<null> => null;
  if (policy === null) return { begin: async () => undefined, conclude: nobody, abandon: nobody };
  const destination = destinationOf(policy.dsnVariable, options.shell.env);
  if (typeof destination === 'string') {
    const nothing = async (): Promise<Delivery> => nothingSent(destination, options);
    return { begin: async () => undefined, conclude: nothing, abandon: nothing };
  }
  const { environment, timeoutMs } = policy;
  const open = () => openSentryTransport({ dsn: destination.dsn, environment, timeoutMs });
  return reporterTo(openSender(destination, { open }, options), policy, options);
}

function reporterTo(sender: Sender<SentryTransport>, policy: ReportingPolicy, { shell }: SenderOptions): Reporter {
  const { monitor, environment } = policy;
  const checkIn = monitor === null ? null : checkInWith(monitor, { sender, topic: `${monitor.slug} ${environment}` });
  let isOver = false;
  const finish = async (isGood: boolean, run: string | null): Promise<Delivery> => {
    isOver = true;
    await checkIn?.(isGood ? 'ok' : 'error', run);
    return sender.close();
  };
  return {
    begin: async () => {
      // First, so that the end of the last run does not look like news of this one.
      await sender.sendWaiting(WAITING_WITHIN_MS);
      await checkIn?.('in_progress', null);
    },
    conclude: async (report) => {
      await sender.tryAgain();
      for (const { about, event } of findingEvents(report, environment)) {
        const timed = { ...event, timestamp: shell.now().getTime() / 1000 };
        const message = { kind: 'finding', about, run: report.run.id, topic: null } as const;
        await sender.send({ ...message, keepForMs: KEEP_FINDINGS_MS }, (link) => link.sendEvent(timed));
      }
      return finish(report.verdict === 'go' && report.run.interrupted === undefined, report.run.id);
    },
    abandon: async () => {
      if (isOver) return null;
      await sender.tryAgain();
      return finish(false, null);
    },
  };
}

/** Check-ins of one run. */
function checkInWith(
  monitor: MonitorPolicy,
  { sender, topic }: { readonly sender: Sender<SentryTransport>; readonly topic: string },
) {
  const { slug: monitorSlug, crontab, timezone, checkinMarginMinutes, maxRuntimeMinutes } = monitor;
  const config = {
    schedule: { type: 'crontab' as const, value: crontab },
    timezone,
    checkinMargin: checkinMarginMinutes,
    maxRuntime: maxRuntimeMinutes,
  };
  const startedAt = performance.now();
  let checkInId: string | null = null;
  return async (status: 'in_progress' | 'ok' | 'error', run: string | null): Promise<void> => {
    const elapsedMs = performance.now() - startedAt;
    const isStart = status === 'in_progress';
    // A late start is no news; a late end is, as long as the monitor waits for it.
    const keepForMs = isStart ? 0 : maxRuntimeMinutes * 60_000 - elapsedMs;
    const message = { kind: 'check-in', about: `${monitorSlug} ${status}`, run, topic, keepForMs } as const;
    // Sentry takes every check-in as current: the end of an earlier run would look like the end of this one.
    if (isStart) await sender.giveUp(topic);
    const id = await sender.send(message, (link) => {
      if (status === 'in_progress') return link.sendCheckIn({ monitorSlug, status }, config);
      const duration = Number((elapsedMs / 1000).toFixed(3));
      return link.sendCheckIn({ monitorSlug, status, duration, ...(checkInId === null ? {} : { checkInId }) }, config);
    });
    checkInId ??= id;
  };
}
