/** Tells Sentry what came of a run, and writes down whether it heard. It changes no verdict, and throws nothing. */
import type { Delivery } from '../../model/delivery.ts';
import type { GateReport } from '../../model/gate-report.ts';
import type { MonitorPolicy, ReportingPolicy } from '../../model/notify-policy.ts';
import { destinationOf } from './destination.ts';
import { findingEvents } from './finding-events.ts';
import { nothingTold, openPost, type Post, type PostOptions } from './send-messages.ts';
import { openSentryLink, type SentryLink } from './sentry-transport.ts';

export interface Reporter {
  /** Sends what earlier runs left, and that this one has begun. */
  begin(): Promise<void>;
  /** Sends what came of it. Null where nobody is to be told. */
  conclude(report: GateReport): Promise<Delivery | null>;
  /** It ended without a report; null where that was told already. */
  abandon(): Promise<Delivery | null>;
}

/** A finding that is older has been seen by the runs of the days after, or is no longer so. */
const KEEP_FINDINGS_MS = 7 * 24 * 3_600_000;

/** What waits is sent before anything is measured, and must not hold that up. */
const KEPT_WITHIN_MS = 10_000;

/** A reporter for one run; nobody is told anything where the policy is null. */
export function openReporter(policy: ReportingPolicy | null, options: PostOptions): Reporter {
  const nobody = async (): Promise<null> => null;
  if (policy === null) return { begin: async () => undefined, conclude: nobody, abandon: nobody };
  const destination = destinationOf(policy.dsnVariable, options.shell.env);
  if (typeof destination === 'string') {
    const nothing = async (): Promise<Delivery> => nothingTold(destination, options);
    return { begin: async () => undefined, conclude: nothing, abandon: nothing };
  }
  const { environment, timeoutMs } = policy;
  const open = () => openSentryLink({ dsn: destination.dsn, environment, timeoutMs });
  return reporterTo(openPost(destination, { open }, options), policy, options);
}

function reporterTo(post: Post<SentryLink>, policy: ReportingPolicy, { shell }: PostOptions): Reporter {
  const { monitor, environment } = policy;
  const checkIn = monitor === null ? null : checkInWith(monitor, { post, topic: `${monitor.slug} ${environment}` });
  let isOver = false;
  const finish = async (isGood: boolean, run: string | null): Promise<Delivery> => {
    isOver = true;
    await checkIn?.(isGood ? 'ok' : 'error', run);
    return post.close();
  };
  return {
    begin: async () => {
      // First, so that the end of the last run does not look like news of this one.
      await post.sendKept(KEPT_WITHIN_MS);
      await checkIn?.('in_progress', null);
    },
    conclude: async (report) => {
      await post.tryAgain();
      for (const { about, event } of findingEvents(report, environment)) {
        const timed = { ...event, timestamp: shell.now().getTime() / 1000 };
        const message = { kind: 'finding', about, run: report.run.id, topic: null } as const;
        await post.send({ ...message, keepForMs: KEEP_FINDINGS_MS }, (link) => link.sendEvent(timed));
      }
      return finish(report.verdict === 'go' && report.run.interrupted === undefined, report.run.id);
    },
    abandon: async () => {
      if (isOver) return null;
      await post.tryAgain();
      return finish(false, null);
    },
  };
}

/** Check-ins of one run. */
function checkInWith(
  monitor: MonitorPolicy,
  { post, topic }: { readonly post: Post<SentryLink>; readonly topic: string },
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
    // That it began is no news later on; how it ended is, as long as the monitor waits for that.
    const keepForMs = isStart ? 0 : maxRuntimeMinutes * 60_000 - elapsedMs;
    const message = { kind: 'check-in', about: `${monitorSlug} ${status}`, run, topic, keepForMs } as const;
    // Sentry takes a check-in for one of now: the end of an earlier run would look like the end of this one.
    if (isStart) await post.giveUp(topic);
    const id = await post.send(message, (link) => {
      if (status === 'in_progress') return link.sendCheckIn({ monitorSlug, status }, config);
      const duration = Number((elapsedMs / 1000).toFixed(3));
      return link.sendCheckIn({ monitorSlug, status, duration, ...(checkInId === null ? {} : { checkInId }) }, config);
    });
    checkInId ??= id;
  };
}
