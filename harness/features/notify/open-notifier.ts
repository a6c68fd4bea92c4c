/** Tells channels what happens, and writes down whether each heard. It changes no verdict, and throws nothing. */

import type { Shell } from '../../lib/shell.ts';
import type { Delivery } from '../../model/delivery.ts';
import type { ChannelPolicy, NotifyPolicy } from '../../model/notify-policy.ts';
import { type Webhook, webhookOf } from './channel.ts';
import { type Destination, destinationOf } from './destination.ts';
import { grouped, newsAmong, type Told } from './news.ts';
import type { Notice } from './notice.ts';
import { noticeEvent, renderNotice } from './render-notice.ts';
import { nothingTold, openPost, type Post, type PostOptions } from './send-messages.ts';
import { loadSentry, openSentryLink } from './sentry-transport.ts';
import type { Link, Sent } from './transport.ts';
import { openWebhookLink } from './webhook-transport.ts';

export interface Notifier {
  /** Tells what is news of these, those of one kind in one message. */
  tell(notices: readonly Notice[]): Promise<void>;
  /** Sends what earlier runs could not, for no longer than that. */
  sendKept(withinMs: number): Promise<void>;
  /** What became of everything, a channel each; to be called once, at the end. */
  close(): Promise<readonly Delivery[]>;
}

export interface NotifierOptions extends Omit<PostOptions, 'shell'> {
  readonly shell: Pick<Shell, 'env' | 'now' | 'cwd' | 'request'>;
  /** What an earlier part of the same run told already, so that it is not told again. */
  readonly told?: Told;
  readonly backOffMs?: readonly number[];
}

/** After a day it is no news any more, and somebody has looked. */
const KEEP_MS = 24 * 3_600_000;

export function openNotifier(policy: NotifyPolicy | null, options: NotifierOptions): Notifier {
  const channels = (policy?.channels ?? []).map((channel) => openChannel(channel, { policy, ...options }));
  let told: Told = options.told ?? new Map();
  return {
    tell: async (notices) => {
      const { news, told: now } = newsAmong(notices, told);
      told = now;
      const clean = options.redactor.deep(grouped(news));
      if (clean.length === 0) return;
      if (policy?.channels.some(({ kind }) => kind === 'sentry')) await loadSentry();
      // Side by side: a channel that hangs keeps no other waiting.
      await Promise.all(channels.map((channel) => channel.tell(clean)));
    },
    sendKept: async (withinMs) => {
      await Promise.all(channels.map((channel) => channel.sendKept(withinMs)));
    },
    close: () => Promise.all(channels.map((channel) => channel.close())),
  };
}

/** Where a run's report can be read; null where nobody says. */
export function linkTo(run: string, policy: NotifyPolicy | null, { env }: Pick<Shell, 'env'>): string | null {
  const link = policy?.link ?? null;
  if (link === null) return null;
  const address = link.kind === 'address' ? link.address : (env[link.variable] ?? '');
  return /^https?:\/\//.test(address) ? address.replaceAll('{run}', encodeURIComponent(run)) : null;
}

const services = { slack: 'Slack', teams: 'Teams', json: 'webhook', sentry: 'Sentry issues' } as const;

interface Channel extends Pick<Notifier, 'tell' | 'sendKept'> {
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
    return { tell: nothing, sendKept: nothing, close: async () => nothingTold(place, { ...options, service }) };
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
  const more = backOffMs === undefined ? {} : { backOffMs };
  const open = async () => openWebhookLink({ url: place.url, timeoutMs, shell, ...more });
  const post = openPost(place, { service, open }, options);
  return speaking(post, (notice) => (link) => link.post(renderNotice(notice, kind)));
}

function sentryChannel(place: Destination, service: string, options: ChannelOptions): Channel {
  const environment = options.policy?.environment ?? '';
  const open = () => openSentryLink({ dsn: place.dsn, environment, timeoutMs: options.policy?.timeoutMs ?? 0 });
  const post = openPost(place, { service, open }, options);
  return speaking(post, (notice) => (link) => link.sendEvent(noticeEvent(notice, environment)));
}

function speaking<L extends Link>(post: Post<L>, how: (notice: Notice) => (link: L) => Promise<Sent>): Channel {
  return {
    tell: async (notices) => {
      await post.tryAgain();
      for (const notice of notices) {
        const { event, topic, run } = notice;
        const message = { kind: 'notice', about: `${event} ${topic}`, run, topic: null, keepForMs: KEEP_MS } as const;
        await post.send(message, how(notice));
      }
    },
    sendKept: (withinMs) => post.sendKept(withinMs),
    close: () => post.close(),
  };
}
