/**
 * A proxy on this machine between the probes and a target, which imitates faults that the target knows nothing of: what
 * a gate makes of them proves that it can fail, on any target.
 */
import { createServer, Agent as HttpAgent, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, zstdDecompress } from 'node:zlib';
import { createProxyServer } from 'httpxy';
import type { ProxyFault } from '../../../model/proxy-fault.ts';
import { altersText, alterText, type TextKind, textKindOf } from './alter-body.ts';
import { faultChooser } from './choose-faults.ts';
import { asIs, asSeen, headersAsSeen, type SeenAt } from './own-addresses.ts';
import { allowing, openSentrySink, reportingTo } from './sentry-sink.ts';

export interface FaultProxy {
  /** The target's addresses, as seen through the proxy: same paths, `http://127.0.0.1` and free ports. */
  readonly web: string;
  readonly api: string;
  close(): Promise<void>;
}

/** A target that runs. */
export interface ProxiedTarget {
  readonly web: string;
  readonly api: string;
}

/**
 * Opens the proxy; resolves when it listens. What the page is told of the target's addresses, it is told of the proxy's;
 * answers of the API pass unread unless a fault changes them. A target that does not answer is seen not to. What the page
 * reports to Sentry ends here.
 */
export async function openFaultProxy({ web, api }: ProxiedTarget, faults: readonly ProxyFault[]): Promise<FaultProxy> {
  const origins = [...new Set([new URL(web).origin, new URL(api).origin])];
  const places: SeenAt[] = [];
  const sink = await openSentrySink();
  const faultsOf = faultChooser(faults);
  const openedAtMs = performance.now();
  const opened = await Promise.all(
    origins.map(async (real) => {
      const isWeb = real === origins[0];
      const one = openOne(real, { faultsOf, places, sink: sink.origin, isWeb, openedAtMs });
      await new Promise<void>((resolve, reject) => {
        one.server.once('error', reject).listen(0, '127.0.0.1', resolve);
      });
      const { port } = one.server.address() as AddressInfo;
      return { ...one, place: { real, seen: `http://127.0.0.1:${port}` } };
    }),
  );
  places.push(...opened.map(({ place }) => place));
  return {
    web: asSeen(web, places),
    api: asSeen(api, places),
    close: async () => {
      await Promise.all([...opened, sink].map((one) => one.close()));
    },
  };
}

interface Circumstances {
  readonly faultsOf: ReturnType<typeof faultChooser>;
  /** Filled before anything is asked. */
  readonly places: readonly SeenAt[];
  /** What takes the place of Sentry. */
  readonly sink: string;
  /** Whether this one serves the page, which speaks of the others. */
  readonly isWeb: boolean;
  readonly openedAtMs: number;
}

function openOne(real: string, circumstances: Circumstances) {
  const { places, faultsOf } = circumstances;
  const Agent = real.startsWith('https:') ? HttpsAgent : HttpAgent;
  const agent = new Agent({ keepAlive: true });
  const proxy = createProxyServer({ target: real, agent, changeOrigin: true, selfHandleResponse: true });
  const faultsFor = new WeakMap<IncomingMessage, readonly ProxyFault[]>();
  proxy.on('proxyReq', (asked, { headers }) => {
    for (const name of ['origin', 'referer'] as const) {
      const value = headers[name];
      if (value !== undefined) asked.setHeader(name, asIs(value, places));
    }
    const encodings = headers['accept-encoding'];
    if (encodings !== undefined) asked.setHeader('accept-encoding', readable(encodings));
  });
  proxy.on('proxyRes', (answer, request, response) => {
    const chosen = { ...circumstances, faults: faultsFor.get(request) ?? [] };
    passOn(answer, response, chosen).catch(() => response.destroy());
  });
  // The client must see that nothing answered: an answer of the proxy's own would hide it.
  proxy.on('error', (_error, _request, response) => response?.destroy());
  const server = createServer((request, response) => {
    const faults = faultsOf(request.method ?? 'GET', request.url ?? '/');
    faultsFor.set(request, faults);
    if (faults.some(({ kind }) => kind === 'hang')) return;
    const error = faults.find((fault) => fault.kind === 'answer');
    if (error !== undefined) answerItself(request, response, error.status);
    else void proxy.web(request, response);
  });
  server.on('upgrade', (request, socket, head) => void proxy.ws(request, socket as never, {}, head));
  return { server, close: () => closed(server, agent) };
}

/** With the headers that let a page of another origin read it, as the target's own error would have. */
function answerItself({ headers: { origin } }: IncomingMessage, response: ServerResponse, status: number): void {
  const forPages =
    origin === undefined
      ? {}
      : { 'access-control-allow-origin': origin, 'access-control-allow-credentials': 'true', vary: 'Origin' };
  response.writeHead(status, { ...forPages, 'content-type': 'application/json' });
  response.end(JSON.stringify({ detail: 'A fault of the drill' }));
}

interface Chosen extends Circumstances {
  readonly faults: readonly ProxyFault[];
}

async function passOn(answer: IncomingMessage, response: ServerResponse, chosen: Chosen): Promise<void> {
  const { faults, places } = chosen;
  const seen = withReports(headersAsSeen(answer.headers, places), chosen.sink);
  const headers = withChangedHeaders(seen, faults);
  const status = answer.statusCode ?? 502;
  const kind = textKindOf(answer.headers['content-type']);
  const isRead = kind !== null && (chosen.isWeb || altersText(kind, faults));
  const isCut = faults.some((fault) => fault.kind === 'truncate');
  const delayMs = faults.reduce((sum, fault) => sum + (fault.kind === 'delay' ? fault.ms : 0), 0);
  const pauseMs = delayMs + stallMs(faults, performance.now() - chosen.openedAtMs);
  if (!isRead && !isCut) {
    if (pauseMs > 0) await sleep(pauseMs);
    response.writeHead(status, headers);
    answer.once('error', () => response.destroy()).pipe(response);
    return;
  }
  const raw = await buffer(answer);
  const bytes = isRead && raw.length > 0 ? await rewritten(raw, { ...chosen, kind, answer }) : raw;
  if (pauseMs > 0) await sleep(pauseMs);
  for (const name of bytes === raw ? [] : asSent) delete headers[name];
  if (kind === 'html' && faults.some((fault) => fault.kind === 'script')) {
    for (const name of policies) delete headers[name];
  }
  // Of a HEAD there is a length, but no body.
  const length = answer.headers['content-length'];
  headers['content-length'] = raw.length === 0 && length !== undefined ? length : String(bytes.length);
  delete headers['transfer-encoding'];
  response.writeHead(status, headers);
  if (!isCut) response.end(bytes);
  else response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
}

/** What is no longer true of a body that was changed. */
const asSent = ['content-encoding', 'etag', 'last-modified', 'digest', 'content-md5'];
/** What would keep a planted script from running. */
const policies = ['content-security-policy', 'content-security-policy-report-only'];

function withReports(headers: Record<string, string | string[]>, sink: string): Record<string, string | string[]> {
  for (const name of policies) {
    const policy = headers[name];
    if (policy !== undefined) headers[name] = [policy].flat().map((one) => allowing(one, sink));
  }
  return headers;
}

function withChangedHeaders(
  headers: Record<string, string | string[]>,
  faults: readonly ProxyFault[],
): Record<string, string | string[]> {
  for (const fault of faults) {
    if (fault.kind !== 'header') continue;
    const name = fault.name.toLowerCase();
    if (fault.value === null) delete headers[name];
    else headers[name] = fault.value;
  }
  return headers;
}

/** How long an answer that is due now has to wait for the end of a stall. The first one begins after a whole period. */
function stallMs(faults: readonly ProxyFault[], sinceOpenedMs: number): number {
  return faults.reduce((longest, fault) => {
    if (fault.kind !== 'stall' || sinceOpenedMs < fault.everyMs) return longest;
    return Math.max(longest, fault.forMs - (sinceOpenedMs % fault.everyMs));
  }, 0);
}

interface ReadBody extends Chosen {
  readonly kind: TextKind;
  readonly answer: IncomingMessage;
}

async function rewritten(raw: Buffer, { answer, kind, faults, places, sink, isWeb }: ReadBody): Promise<Buffer> {
  const decode = decoders[answer.headers['content-encoding'] ?? 'identity'];
  // It was not asked for in any other encoding: a target that sends one all the same is passed on as it is.
  if (decode === undefined) return raw;
  const text = (await decode(raw)).toString('utf8');
  const seen = isWeb ? reportingTo(asSeen(text, places), sink) : text;
  const altered = alterText(kind === 'html' ? withoutIntegrity(seen) : seen, kind, faults);
  return altered === text ? raw : Buffer.from(altered);
}

const decoders: { readonly [encoding: string]: ((bytes: Buffer) => Promise<Buffer>) | undefined } = {
  identity: (bytes) => Promise.resolve(bytes),
  gzip: promisify<Buffer, Buffer>(gunzip),
  deflate: promisify<Buffer, Buffer>(inflate),
  br: promisify<Buffer, Buffer>(brotliDecompress),
  zstd: promisify<Buffer, Buffer>(zstdDecompress),
};

/** Of the encodings that are asked for, those that can be read here. */
function readable(encodings: string | readonly string[]): string {
  return [encodings]
    .flat()
    .flatMap((one) => one.split(','))
    .filter((one) => decoders[one.split(';')[0]?.trim() ?? ''] !== undefined)
    .join(',');
}

/** Scripts are changed on their way, and would be refused. */
function withoutIntegrity(html: string): string {
  return html.replace(/(<(?:script|link)\b[^>]*?)\sintegrity=(?:"[^"]*"|'[^']*')/gi, '$1');
}

async function closed(server: Server, agent: HttpAgent): Promise<void> {
  const done = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await done;
  agent.destroy();
}
