/** Notifies the configured channels of each alert of a watch and of its end, while the watch goes on. */

import type { Redactor } from '../../lib/redact.ts';
import type { Shell } from '../../lib/shell.ts';
import type { Delivery } from '../../model/delivery.ts';
import type { NotifyPolicy } from '../../model/notify-policy.ts';
import { alertNotice, type Notice, recoveryNotice, type Surroundings } from '../notify/notice.ts';
import { linkTo, openNotifier } from '../notify/open-notifier.ts';
import type { Alert, WatchEvent, WatchPlan } from './model.ts';

export interface AlertNotifier {
  /** Sends the alerts and recoveries among these, without holding up the watch. */
  readonly events: (events: readonly WatchEvent[]) => void;
  /** Waits for the last deliveries, one for each channel. Never rejects. */
  readonly close: () => Promise<readonly Delivery[]>;
}

export interface AlertNotifierOptions {
  readonly notify: NotifyPolicy | null;
  readonly plan: WatchPlan;
  /** Alerts from before a restart: open ones are not sent again. */
  readonly alerts: readonly Alert[];
  readonly reports: string;
  readonly redactor: Redactor;
  readonly shell: Shell;
}

export function notifyAlerts({ notify, plan, alerts, reports, redactor, shell }: AlertNotifierOptions): AlertNotifier {
  const { id: run, target } = plan.watch;
  const about = { run, target: `${target.name} ${target.release}`, link: linkTo(run, notify, shell) };
  const standing = alerts.filter(({ recoveredAt }) => recoveredAt === null);
  const told = new Map(standing.map((alert) => [noticeOfAlert(alert, about).topic, 'alert'] as const));
  const notifier = openNotifier(notify, { reports, shell, redactor, told });
  let sending: Promise<void> = Promise.resolve();
  return {
    events: (events) => {
      const notices = events.flatMap((event) => noticesOf(event, about));
      // In order, so that no recovery overtakes its alert.
      if (notices.length > 0) sending = sending.then(() => notifier.tell(notices));
    },
    close: async () => {
      await sending;
      return notifier.close();
    },
  };
}

type About = Omit<Surroundings, 'at' | 'steps'>;

function noticesOf(event: WatchEvent, about: About): Notice[] {
  if (event.kind === 'alert') return [noticeOfAlert(event.alert, about)];
  if (event.kind !== 'recovered') return [];
  return [recoveryNotice(watchedBy(event.alert), { ...about, at: event.at })];
}

function noticeOfAlert(alert: Alert, about: About): Notice {
  const steps = alert.rollback.steps.map(({ title, command = null }) => ({ title, command }));
  return alertNotice({ ...watchedBy(alert), advice: alert.advice }, { ...about, at: alert.raisedAt, steps });
}

function watchedBy({ id, title, message, since }: Alert) {
  return { id, title, value: message, since };
}
