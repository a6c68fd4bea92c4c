/** What was told to Sentry and to channels, in sentences: the same in the terminal, on the page and in Markdown. */
import type { Delivery, DeliveryResult, SentryMessage } from '../model/delivery.ts';
import { wrap } from './terminal-text.ts';
import { counted } from './wording.ts';

/** At least one sentence. */
export function deliverySentences(delivery: Delivery): readonly string[] {
  const all = [delivery, ...(delivery.also ?? [])];
  return [...all.flatMap(sentencesOf), ...waitingSentence((all.at(-1) ?? delivery).outbox)];
}

function sentencesOf({ service = 'Sentry', to, problem, messages }: Delivery): readonly string[] {
  if (to === null) return [`${service} was told nothing: ${problem ?? 'nobody says where it is'}.`];
  const who = `${service} (${to})`;
  const own = messages.filter(({ earlier }) => !earlier);
  const earlier = messages.filter((message) => message.earlier);
  return [
    ...(messages.length === 0 && problem === null ? [`There was nothing to tell ${service} (${to}).`] : []),
    ...deliveredSentence(who, own, ''),
    ...deliveredSentence(who, earlier, ', of earlier runs'),
    ...undeliveredSentences(who, messages),
    ...messages.flatMap(({ about, run, result }) =>
      result.status === 'given-up'
        ? [`Given up: ${about}${run === null ? '' : ` of ${run}`}, because ${result.why}.`]
        : [],
    ),
    ...(problem === null ? [] : [`${who}: ${problem}.`]),
  ];
}

/** The sentences as lines of at most `width` columns. */
export function deliveryLines(delivery: Delivery, { width }: { readonly width: number }): readonly string[] {
  return deliverySentences(delivery).flatMap((sentence) => wrap(sentence, width));
}

function deliveredSentence(who: string, messages: readonly SentryMessage[], whose: string): readonly string[] {
  const delivered = messages.filter(({ result }) => result.status === 'delivered');
  return delivered.length === 0 ? [] : [`Told ${who}${whose}: ${listed(delivered)}.`];
}

/** Those with the same reason together. */
function undeliveredSentences(who: string, messages: readonly SentryMessage[]): readonly string[] {
  const open = messages.filter(({ result }) => result.status !== 'delivered' && result.status !== 'given-up');
  const reasons = [...new Set(open.map(({ result }) => reason(result)))];
  return reasons.map((why) => {
    const same = open.filter(({ result }) => reason(result) === why);
    const lost = same.filter(({ kept }) => !kept);
    const result = lost.length === 0 || lost.length < same.length ? '' : ' It is not sent again.';
    const text = `Not told ${who}: ${listed(same)}, because ${why}.`;
    return lost.length > 1 ? `${text}${result.replace('It is', 'They are')}` : `${text}${result}`;
  });
}

function waitingSentence({ path, waiting }: Delivery['outbox']): readonly string[] {
  if (waiting === 0) return [];
  const what = counted(waiting, 'message waits', 'messages wait');
  return [`${what} in ${path} for the next run, or for: rampgate deliver`];
}

/** `diff.latency-p95, diff.error-rate ×2 and 3 more; check-in nightly (in_progress, ok)`. */
function listed(messages: readonly SentryMessage[]): string {
  const findings = timesEach([...aboutOf(messages, 'finding'), ...aboutOf(messages, 'notice')]);
  const monitors = Map.groupBy(aboutOf(messages, 'check-in'), (about) => about.split(' ')[0]);
  const checkIns = [...monitors].map(([monitor, abouts]) => {
    const statuses = timesEach(abouts.map((about) => about.split(' ').slice(1).join(' ')));
    return `check-in ${monitor} (${statuses.join(', ')})`;
  });
  const more = findings.length - MOST_NAMED;
  const named = `${findings.slice(0, MOST_NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  return [...(named === '' ? [] : [named]), ...checkIns].join('; ');
}

function aboutOf(messages: readonly SentryMessage[], wanted: SentryMessage['kind']): readonly string[] {
  return messages.filter(({ kind }) => kind === wanted).map(({ about }) => about);
}

/** Each once; how often, where it is more than that. */
function timesEach(texts: readonly string[]): readonly string[] {
  return [...Map.groupBy(texts, (text) => text)].map(([text, same]) =>
    same.length === 1 ? text : `${text} ×${same.length}`,
  );
}

const MOST_NAMED = 5;

function reason(result: DeliveryResult): string {
  switch (result.status) {
    case 'rate-limited':
      return `it limits its rate${result.httpStatus === null ? '' : ` (${result.httpStatus})`}`;
    case 'server-error':
      return `it failed (${result.httpStatus})`;
    case 'refused':
      return `it refused (${result.httpStatus}${result.why === null ? '' : `: ${result.why}`})`;
    case 'unreachable':
      return `nothing answers (${result.why})`;
    case 'timed-out':
      return `there was no answer within ${result.afterMs / 1000} s`;
    case 'not-tried':
    case 'given-up':
      return result.why;
    case 'delivered':
      return 'it was told';
  }
}
