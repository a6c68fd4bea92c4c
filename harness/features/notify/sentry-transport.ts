/**
 * The transport to Sentry: one message at a time, each with its real result. The SDK is loaded only here, and only when used. It gets
 * no integrations and is not made the global client, so it patches nothing: what Rampgate asks of a target carries no
 * header of the SDK's, and the SDK knows nothing of this process but what it is told.
 */

import * as http from 'node:http';
import * as https from 'node:https';
import type { Event, makeNodeTransport, NodeClient } from '@sentry/node';
import { defined } from '../../lib/defined.ts';
import type { DeliveryResult } from '../../model/delivery.ts';
import { type Answer, deliveryResultOf, failedDelivery, isUnanswered } from './delivery-result.ts';
import type { Envelope, Sent, Transport } from './transport.ts';

type CheckInArguments = Parameters<NodeClient['captureCheckIn']>;
type MakeTransport = typeof makeNodeTransport;
type TransportOptions = Parameters<MakeTransport>[0];
type SdkTransport = ReturnType<MakeTransport>;

export interface SentryTransport extends Transport {
  sendEvent(event: Event): Promise<Sent>;
  sendCheckIn(...checkIn: CheckInArguments): Promise<Sent>;
}

export interface LinkOptions {
  readonly dsn: string;
  readonly environment: string;
  readonly timeoutMs: number;
}

/** Loading the SDK stops everything else for a second: to be done before there are requests with a time limit. */
export async function loadSentry(): Promise<typeof import('@sentry/node')> {
  return import('@sentry/node');
}

/** Loads the SDK. Rejects only when that fails. */
export async function openSentryTransport({ dsn, environment, timeoutMs }: LinkOptions): Promise<SentryTransport> {
  const sentry = await loadSentry();
  const recorded = recordedTransport(sentry.makeNodeTransport, timeoutMs);
  const client = new sentry.NodeClient({
    dsn,
    environment,
    transport: recorded.transport,
    transportOptions: { keepAlive: false },
    stackParser: sentry.defaultStackParser,
    integrations: [],
    // Otherwise the SDK adds an integration of its own.
    traceLifecycle: 'static',
    includeServerName: false,
    attachStacktrace: false,
    enableRuntimeChannelInjection: false,
    tracePropagationTargets: [],
    dataCollection: { userInfo: false, cookies: false, httpHeaders: false, httpBodies: [] },
    // What the SDK dropped, the outbox has.
    sendClientReports: false,
    maxBreadcrumbs: 0,
  });
  const capture = async (act: () => string): Promise<Sent> => {
    recorded.forget();
    const id = act();
    await client.flush(timeoutMs + SDK_MARGIN_MS);
    const { envelope, result } = recorded.last() ?? { envelope: null, result: notHandedOver };
    return { id, envelope, result };
  };
  return {
    sendEvent: (event) => capture(() => client.captureEvent(event)),
    sendCheckIn: (...checkIn) => capture(() => client.captureCheckIn(...checkIn)),
    resend: async ([header, items]) => {
      recorded.forget();
      // Not the time of the first try: Sentry would take the difference for a clock that is wrong, and move the event to now.
      const envelope: Envelope = [{ ...header, sent_at: new Date().toISOString() }, items];
      await client.getTransport()?.send(envelope as Parameters<SdkTransport['send']>[0]);
      return recorded.last()?.result ?? notHandedOver;
    },
    tryAgain: recorded.tryAgain,
    close: async () => {
      await client.close(SDK_MARGIN_MS);
      recorded.cut();
    },
  };
}

/** Beyond the time that an answer may take: for the SDK's own work. */
const SDK_MARGIN_MS = 1000;

const notHandedOver: DeliveryResult = { status: 'not-tried', why: 'the SDK did not hand it over' };

interface Handed {
  readonly envelope: Envelope;
  readonly result: DeliveryResult;
}

interface RecordedTransport {
  readonly transport: (options: TransportOptions) => SdkTransport;
  readonly last: () => Handed | null;
  readonly forget: () => void;
  readonly tryAgain: () => void;
  readonly cut: () => void;
}

/** The SDK's own transport, timed, with what comes of each envelope written down: `flush` is true whatever happened. */
function recordedTransport(makeTransport: MakeTransport, timeoutMs: number): RecordedTransport {
  const requests = timedHttp(timeoutMs);
  let last: Handed | null = null;
  let silence: DeliveryResult | null = null;
  const inFlight = new Set<Promise<unknown>>();

  const sendThrough = async (inner: SdkTransport, envelope: Envelope): Promise<DeliveryResult> => {
    if (silence !== null) return { status: 'not-tried', why: 'the message before it had no answer' };
    try {
      const { statusCode, headers } = await inner.send(envelope as Parameters<SdkTransport['send']>[0]);
      const answer: Answer = {
        ...defined({ statusCode }),
        rateLimits: headers?.['x-sentry-rate-limits'] ?? null,
        why: requests.lastError(),
      };
      return deliveryResultOf(answer, categoryOf(envelope));
    } catch (error) {
      const result = failedDelivery(error, timeoutMs);
      if (isUnanswered(result)) silence = result;
      return result;
    }
  };
  const transport = (options: TransportOptions): SdkTransport => {
    const inner = makeTransport({ ...options, httpModule: requests.module });
    return {
      send: async (given) => {
        const envelope = withoutKeys(given as unknown as Envelope);
        const sent = sendThrough(inner, envelope).then((result) => {
          last = { envelope, result };
        });
        inFlight.add(sent);
        await sent;
        inFlight.delete(sent);
        return {};
      },
      flush: async () => {
        await Promise.all(inFlight);
        return true;
      },
    };
  };
  return {
    transport,
    last: () => last,
    forget: () => {
      last = null;
    },
    tryAgain: () => {
      silence = null;
    },
    cut: requests.cut,
  };
}

/** HTTP that gives up in time: the SDK's transport waits for ever, and so would the end of this process. */
function timedHttp(timeoutMs: number) {
  const open = new Set<http.ClientRequest>();
  let error: string | null = null;
  const module: NonNullable<TransportOptions['httpModule']> = {
    request: (options, callback) => {
      error = null;
      const { request: send } = (options as http.RequestOptions).protocol === 'https:' ? https : http;
      const request = send(
        { ...(options as http.RequestOptions), signal: AbortSignal.timeout(timeoutMs) },
        (response) => {
          const why = response.headers['x-sentry-error'];
          error = typeof why === 'string' ? why : null;
          callback?.(response as Parameters<typeof callback>[0]);
        },
      );
      open.add(request);
      request.once('close', () => open.delete(request));
      return request;
    },
  };
  return {
    module,
    lastError: () => error,
    cut: () => {
      for (const request of open) request.destroy();
    },
  };
}

/** Without what is made of the DSN: the envelope may be kept, and its address is known when it is sent. */
function withoutKeys([header, items]: Envelope): Envelope {
  const { trace: _trace, dsn: _dsn, ...rest } = header;
  return [rest, items];
}

function categoryOf([, items]: Envelope): 'error' | 'monitor' {
  return items.some(([header]) => Object(header).type === 'check_in') ? 'monitor' : 'error';
}
