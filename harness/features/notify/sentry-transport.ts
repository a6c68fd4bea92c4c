/**
 * The line to Sentry: one message at a time, each with its real answer. The SDK is loaded only here, and only when used. It gets
 * no integrations and is not made the global client, so it patches nothing: what Rampgate asks of a target carries no
 * header of the SDK's, and the SDK knows nothing of this process but what it is told.
 */

import * as http from 'node:http';
import * as https from 'node:https';
import type { Event, makeNodeTransport, NodeClient } from '@sentry/node';
import { defined } from '../../lib/defined.ts';
import type { DeliveryResult } from '../../model/delivery.ts';
import { type Answer, fateOf, fateWithout, isSilence } from './delivery-result.ts';
import type { Envelope, Link, Sent } from './transport.ts';

type CheckInArguments = Parameters<NodeClient['captureCheckIn']>;
type MakeTransport = typeof makeNodeTransport;
type TransportOptions = Parameters<MakeTransport>[0];
type Transport = ReturnType<MakeTransport>;

export interface SentryLink extends Link {
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
export async function openSentryLink({ dsn, environment, timeoutMs }: LinkOptions): Promise<SentryLink> {
  const sentry = await loadSentry();
  const line = createLine(sentry.makeNodeTransport, timeoutMs);
  const client = new sentry.NodeClient({
    dsn,
    environment,
    transport: line.transport,
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
    line.forget();
    const id = act();
    await client.flush(timeoutMs + SDK_MARGIN_MS);
    const { envelope, result } = line.last() ?? { envelope: null, result: notHandedOver };
    return { id, envelope, result };
  };
  return {
    sendEvent: (event) => capture(() => client.captureEvent(event)),
    sendCheckIn: (...checkIn) => capture(() => client.captureCheckIn(...checkIn)),
    resend: async ([header, items]) => {
      line.forget();
      // Not the time of the first try: Sentry would take the difference for a clock that is wrong, and move the event to now.
      const envelope: Envelope = [{ ...header, sent_at: new Date().toISOString() }, items];
      await client.getTransport()?.send(envelope as Parameters<Transport['send']>[0]);
      return line.last()?.result ?? notHandedOver;
    },
    tryAgain: line.tryAgain,
    close: async () => {
      await client.close(SDK_MARGIN_MS);
      line.cut();
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

interface Line {
  readonly transport: (options: TransportOptions) => Transport;
  readonly last: () => Handed | null;
  readonly forget: () => void;
  readonly tryAgain: () => void;
  readonly cut: () => void;
}

/** The SDK's own transport, timed, with what comes of each envelope written down: `flush` is true whatever happened. */
function createLine(makeTransport: MakeTransport, timeoutMs: number): Line {
  const wire = createWire(timeoutMs);
  let last: Handed | null = null;
  let silence: DeliveryResult | null = null;
  const inFlight = new Set<Promise<unknown>>();

  const fateFrom = async (inner: Transport, envelope: Envelope): Promise<DeliveryResult> => {
    if (silence !== null) return { status: 'not-tried', why: 'the message before it had no answer' };
    try {
      const { statusCode, headers } = await inner.send(envelope as Parameters<Transport['send']>[0]);
      const answer: Answer = {
        ...defined({ statusCode }),
        rateLimits: headers?.['x-sentry-rate-limits'] ?? null,
        why: wire.lastError(),
      };
      return fateOf(answer, categoryOf(envelope));
    } catch (error) {
      const result = fateWithout(error, timeoutMs);
      if (isSilence(result)) silence = result;
      return result;
    }
  };
  const transport = (options: TransportOptions): Transport => {
    const inner = makeTransport({ ...options, httpModule: wire.module });
    return {
      send: async (given) => {
        const envelope = withoutKeys(given as unknown as Envelope);
        const sent = fateFrom(inner, envelope).then((result) => {
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
    cut: wire.cut,
  };
}

/** HTTP that gives up in time: the SDK's transport waits for ever, and so would the end of this process. */
function createWire(timeoutMs: number) {
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
