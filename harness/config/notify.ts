/** Who is told in chat, in Sentry or by a webhook: the part `notify` of the configuration, and what one run makes of it. */

import { z } from 'zod';
import { duration, name } from '../lib/fields.ts';
import { durationMs } from '../lib/quantities.ts';
import { environmentVariable } from '../model/environment-variable.ts';
import type { ChannelPolicy, NotifyPolicy } from '../model/notify-policy.ts';

const secret = z.strictObject({ env: environmentVariable });

/** Each names the variable that holds its secret; never the secret itself. */
const channel = z.union(
  [
    /** A Slack incoming webhook. */
    z.strictObject({ slack: secret }),
    /** A Teams workflow, "when a webhook request is received". */
    z.strictObject({ teams: secret }),
    /** A program of your own; docs/after-the-deploy.md has what it gets. */
    z.strictObject({ json: secret }),
    /** A DSN: an issue for each thing that is alerted, of a project for Rampgate alone. */
    z.strictObject({ sentry: secret }),
  ],
  'must be { slack: { env } }, { teams: { env } }, { json: { env } } or { sentry: { env } }',
);

export const notifySchema = z.strictObject({
  channels: z.record(name, channel),
  /** Which gates tell their verdict; watch and rollback tell theirs anyway. */
  gate: z
    .strictObject({
      profiles: z.array(z.string()).default([]),
      verdicts: z.array(z.enum(['go', 'no-go', 'inconclusive'])).default(['no-go', 'inconclusive']),
    })
    .default({ profiles: [], verdicts: ['no-go', 'inconclusive'] }),
  /** Where the report can be read, with `{run}` for the run's id; or the variable that holds that. */
  link: z.union([z.string().regex(/^https?:\/\//, 'must be an http:// or https:// address'), secret]).optional(),
  timeout: duration.default('5s'),
});

type Notify = z.output<typeof notifySchema>;

/** Null: the configuration names no channel. */
export function notifyPolicy(
  notify: Notify | undefined,
  { profile, target }: { readonly profile: string; readonly target: string },
): NotifyPolicy | null {
  if (notify === undefined) return null;
  const { channels, gate, link, timeout } = notify;
  return {
    channels: Object.entries(channels).map(([channelName, one]) => channelPolicy(channelName, one)),
    verdicts: gate.profiles.includes(profile) ? gate.verdicts : [],
    link: linkOf(link),
    environment: target,
    timeoutMs: durationMs(timeout),
  };
}

function channelPolicy(channelName: string, one: z.output<typeof channel>): ChannelPolicy {
  for (const [kind, { env }] of Object.entries(one)) {
    return { name: channelName, kind: kind as ChannelPolicy['kind'], variable: env };
  }
  throw new Error('a checked channel has no kind');
}

function linkOf(link: Notify['link']): NotifyPolicy['link'] {
  if (link === undefined) return null;
  return typeof link === 'string' ? { kind: 'address', address: link } : { kind: 'variable', variable: link.env };
}

/** Names that there must be, as `path` and `name`. */
export function profilesNotified(notify: Notify | undefined): readonly (readonly [path: string, name: string])[] {
  return (notify?.gate.profiles ?? []).map((one) => ['notify.gate.profiles', one] as const);
}
