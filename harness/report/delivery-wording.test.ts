import { describe, expect, it } from 'vitest';
import type { Delivery, DeliveryResult, SentryMessage } from '../model/delivery.ts';
import { deliveryLines, deliverySentences } from './delivery-wording.ts';

const message = (about: string, result: DeliveryResult, rest: Partial<SentryMessage> = {}): SentryMessage => ({
  kind: 'finding',
  about,
  id: '1',
  run: 'run-1',
  at: '2026-11-24T03:00:00.000Z',
  earlier: false,
  result,
  kept: false,
  ...rest,
});
const delivered: DeliveryResult = { status: 'delivered', httpStatus: 200 };
const checkIn = (status: string, result: DeliveryResult) => message(`nightly ${status}`, result, { kind: 'check-in' });
const delivery = (messages: readonly SentryMessage[], rest: Partial<Delivery> = {}): Delivery => ({
  schemaVersion: 1,
  to: 'sentry.example.com',
  problem: null,
  messages,
  outbox: { path: 'reports/outbox', waiting: 0 },
  ...rest,
});

describe('deliverySentences', () => {
  it('tells of each channel, and once what waits', () => {
    const outbox = { path: 'reports/outbox', waiting: 2 };
    const slack = delivery(
      [message('verdict smoke demo', { status: 'timed-out', afterMs: 5000 }, { kind: 'notice', kept: true })],
      {
        service: 'Slack team',
        to: 'hooks.slack.com',
        outbox,
      },
    );
    const also = [slack, delivery([], { service: 'Teams ops', to: null, problem: 'X is not set', outbox })];
    expect(deliverySentences(delivery([message('diff.error-rate', delivered)], { also }))).toEqual([
      'Told Sentry (sentry.example.com): diff.error-rate.',
      'Not told Slack team (hooks.slack.com): verdict smoke demo, because there was no answer within 5 s.',
      'Teams ops was told nothing: X is not set.',
      '2 messages wait in reports/outbox for the next run, or for: rampgate deliver',
    ]);
  });

  it.each<[string, Delivery, readonly string[]]>([
    ['nothing to tell', delivery([]), ['There was nothing to tell Sentry (sentry.example.com).']],
    [
      'no place to tell it',
      delivery([], { to: null, problem: 'X is not set', outbox: { path: 'reports/outbox', waiting: 1 } }),
      [
        'Sentry was told nothing: X is not set.',
        '1 message waits in reports/outbox for the next run, or for: rampgate deliver',
      ],
    ],
    [
      'all told, of this run and of earlier ones',
      delivery([
        ...['a', 'a', 'b', 'c', 'd', 'e', 'f'].map((about) => message(about, delivered, { earlier: true })),
        checkIn('in_progress', delivered),
        checkIn('ok', delivered),
      ]),
      [
        'Told Sentry (sentry.example.com): check-in nightly (in_progress, ok).',
        'Told Sentry (sentry.example.com), of earlier runs: a ×2, b, c, d, e and 1 more.',
      ],
    ],
    [
      'what was lost',
      delivery([
        message('a', { status: 'refused', httpStatus: 413, why: null }),
        message('b', { status: 'refused', httpStatus: 413, why: null }),
        message('c', { status: 'given-up', why: 'it is too old to be of use' }, { earlier: true }),
      ]),
      [
        'Not told Sentry (sentry.example.com): a, b, because it refused (413). They are not sent again.',
        'Given up: c of run-1, because it is too old to be of use.',
      ],
    ],
    [
      'what went wrong in telling',
      delivery([message('a', { status: 'rate-limited', httpStatus: null })], { problem: 'no space left' }),
      [
        'Not told Sentry (sentry.example.com): a, because it limits its rate. It is not sent again.',
        'Sentry (sentry.example.com): no space left.',
      ],
    ],
  ])('says %s', (_name, given, sentences) => {
    expect(deliverySentences(given)).toEqual(sentences);
  });

  it('fits into the columns there are', () => {
    const long = Array.from({ length: 9 }, (_, index) => message(`criterion-number-${index}.of-many`, delivered));
    for (const line of deliveryLines(delivery(long), { width: 80 })) expect(line.length).toBeLessThanOrEqual(80);
  });
});
