/** Sends notices to channels, and records each delivery result. Changes no verdict, and never throws. */

import { defined } from '../../lib/defined.ts';
import type { Shell } from '../../lib/shell.ts';
import type { Delivery } from '../../model/delivery.ts';
import type { ChannelPolicy, NotifyPolicy } from '../../model/notify-policy.ts';
import { type Webhook, webhookOf } from './channel.ts';
import { type Destination, destinationOf } from './destination.ts';
import { grouped, type LastEvents, newsAmong } from './news.ts';
import type { Notice } from './notice.ts';
import { noticeEvent, renderNotice } from './render-notice.ts';
import { nothingSent, openSender, type Sender, type SenderOptions } from './send-messages.ts';
import { loadSentry, openSentryTransport } from './sentry-transport.ts';
import type { Sent, Transport } from './transport.ts';
import { openWebhookTransport } from './webhook-transport.ts';

export interface Notifier {
  /** Sends those that are news, those of one kind in one message. */
  tell(notices: readonly Notice[]): Promise<void>;
  /** Sends what earlier runs could not, for no longer than that. */
  sendWaiting(withinMs: number): Promise<void>;
  /** The delivery results, one per channel; to be called once, at the end. */
  close(): Promise<readonly Delivery[]>;
}

export interface NotifierOptions extends Omit<SenderOptions, 'shell'> {
  readonly shell: Pick<Shell, 'env' | 'now' | 'cwd' | 'request'>;
  /** The events that an earlier part of the same run sent, so that they are not repeated. */
  readonly told?: LastEvents;
  readonly backOffMs?: readonly number[];
}

/** After a day it is no news any more. */
const KEEP_MS = 24 * 3_600_000;

export function openNotifier(policy: NotifyPolicy | null, options: NotifierOptions): Notifier {
  const channels = (policy?.channels ?? []).map((channel) => openChannel(channel, { policy, ...options }));
  let told: LastEvents = options.told ?? new Map();
  return {
    tell: async (notices) => {
      const { news, told: now } = newsAmong(notices, told);
      told = now;
      const clean = options.redactor.deep(grouped(news));
      if (clean.length === 0) return;
      if (policy?.channels.some(({ kind }) => kind === 'sentry')) await loadSentry();
      // In parallel: a channel that hangs delays no other.
      await Promise.all(channels.map((channel) => channel.tell(clean)));
    },
    sendWaiting: async (withinMs) => {
      await Promise.all(channels.map((channel) => channel.sendWaiting(withinMs)));
    },
    close: () => Promise.all(channels.map((channel) => channel.close())),
  };
}

/** Where a run's report can be read; null where no link is configured. */
export function linkTo(run: string, policy: NotifyPolicy | null, { env }: Pick<Shell, 'env'>): string | null {
  const link = policy?.link ?? null;
  if (link === null) return null;
  const address = link.kind === 'address' ? link.address : (env[link.variable] ?? '');
  return /^https?:\/\//.test(address) ? address.replaceAll('{run}', encodeURIComponent(run)) : null;
}

const services = { slack: 'Slack', teams: 'Teams', json: 'webhook', sentry: 'Sentry issues' } as const;

interface Channel extends Pick<Notifier, 'tell' | 'sendWaiting'> {
  close(): Promise<Delivery>;
}

interface ChannelOptions extends NotifierOptions {
  readonly policy: NotifyPolicy | null;
}

function openChannel(channel: ChannelPolicy, options: ChannelOptions): Channel {
  const service = `${services[channel.kind]} ${channel.name}`;
  const { env } = options.shell;
  const place = channel.kind === 'sentry' ? destinationOf(channel.variable, env) : webhookOf(channel.variable, env);
  if (typeof place === 'string') {
    const nothing = async (): Promise<void> => undefined;
    return { tell: nothing, sendWaiting: nothing, close: async () => nothingSent(place, { ...options, service }) };
  }
  if ('dsn' in place) return sentryChannel(place, service, options);
  return webhookChannel({ kind: channel.kind === 'sentry' ? 'json' : channel.kind, place, service }, options);
}

function webhookChannel(
  {
    kind,
    place,
    service,
  }: { readonly kind: 'slack' | 'teams' | 'json'; readonly place: Webhook; readonly service: string },
  options: ChannelOptions,
): Channel {
  const { shell, policy, backOffMs } = options;
  const timeoutMs = policy?.timeoutMs ?? 0;
  const open = async () => openWebhookTransport({ url: place.url, timeoutMs, shell, ...defined({ backOffMs }) });
  const sender = openSender(place, { service, open }, options);
  return speaking(sender, (notice) => (link) => link.post(renderNotice(notice, kind)));
}

function sentryChannel(place: Destination, service: string, options: ChannelOptions): Channel {
  const environment = options.policy?.environment ?? '';
  const open = () => openSentryTransport({ dsn: place.dsn, environment, timeoutMs: options.policy?.timeoutMs ?? 0 });
  const sender = openSender(place, { service, open }, options);
  return speaking(sender, (notice) => (link) => link.sendEvent(noticeEvent(notice, environment)));
}

function speaking<L extends Transport>(
  sender: Sender<L>,
  how: (notice: Notice) => (link: L) => Promise<Sent>,
): Channel {
  return {
    tell: async (notices) => {
      await sender.tryAgain();
      for (const notice of notices) {
        const { event, topic, run } = notice;
        const message = { kind: 'notice', about: `${event} ${topic}`, run, topic: null, keepForMs: KEEP_MS } as const;
        await sender.send(message, how(notice));
      }
    },
    sendWaiting: (withinMs) => sender.sendWaiting(withinMs),
    close: () => sender.close(),
  };
}
