/** Prometheus's query API, as far as it is read: instants, raw samples, warnings and refusals. */
import { z } from 'zod';
import type { Shell } from '../../lib/shell.ts';
import { quoted } from '../quoted.ts';
import type { Labels } from './series.ts';
import type { PrometheusSource } from './settings.ts';
import { tokenFree, whyNoAnswer } from './web-trouble.ts';

export interface QueryApi {
  /** Prometheus's own clock, in seconds. */
  time(): Promise<number>;
  /** The values of an instant query, of now or of another instant. */
  vector(query: string, atS?: number): Promise<readonly { readonly labels: Labels; readonly value: number }[]>;
  /** The raw samples of a query that ends in a range. */
  matrix(query: string): Promise<readonly MatrixSeries[]>;
  /** What it said of its answers; grows. */
  readonly warnings: readonly string[];
}

export interface MatrixSeries {
  readonly labels: Labels;
  /** In the order of time. */
  readonly samples: readonly (readonly [atS: number, value: number])[];
}

export interface QueryApiOptions {
  readonly shell: Shell;
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
}

const value = z.string().transform((text) => Number(text.replace(/^([+-]?)Inf$/, '$1Infinity')));
const sample = z.tuple([z.number(), value]);
const labels = z.record(z.string(), z.string());
const answer = z.object({
  status: z.literal('success'),
  data: z.discriminatedUnion('resultType', [
    z.object({ resultType: z.literal('scalar'), result: sample }),
    z.object({ resultType: z.literal('vector'), result: z.array(z.object({ metric: labels, value: sample })) }),
    z.object({
      resultType: z.literal('matrix'),
      result: z.array(z.object({ metric: labels, values: z.array(sample) })),
    }),
  ]),
  warnings: z.array(z.string()).default([]),
});
const refusal = z.object({ errorType: z.string(), error: z.string() });

type Data = z.output<typeof answer>['data'];

/** Every method throws, with the reason, for anything but an answer of the form it asks for. */
export function openQueryApi(source: PrometheusSource, options: QueryApiOptions): QueryApi {
  const warnings = new Set<string>();
  const ask = async <T extends Data['resultType']>(query: string, type: T, at: { readonly time?: string } = {}) => {
    const { data, warnings: said } = await answerTo({ query, ...at }, source, options);
    for (const one of said) warnings.add(quoted(one));
    if (data.resultType !== type)
      throw new Error(`Prometheus answered ${query} with a ${data.resultType}, not a ${type}`);
    return data as Extract<Data, { resultType: T }>;
  };
  return {
    time: async () => (await ask('time()', 'scalar')).result[1],
    vector: async (query, atS) => {
      const at = atS === undefined ? {} : { time: String(atS) };
      const { result } = await ask(query, 'vector', at);
      return result.map(({ metric, value: [, number] }) => ({ labels: metric, value: number }));
    },
    matrix: async (query) =>
      (await ask(query, 'matrix')).result.map(({ metric, values }) => ({ labels: metric, samples: values })),
    get warnings() {
      return [...warnings];
    },
  };
}

async function answerTo(
  form: { readonly query: string; readonly time?: string },
  source: PrometheusSource,
  { shell, signal, timeoutMs }: QueryApiOptions,
) {
  const { query } = form;
  const token = tokenOf(source, shell);
  const url = `${source.url}/api/v1/query`;
  const name = tokenFree(url);
  const {
    status,
    headers,
    text: told,
  } = await shell
    .request(url, {
      timeoutMs,
      signal,
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      },
      body: new URLSearchParams(form).toString(),
    })
    .catch((error: unknown) => Promise.reject(new Error(`${name} ${whyNoAnswer(error, timeoutMs)}`)));
  // A server may say the token back.
  const text = token === null ? told : told.replaceAll(token, '[redacted]');
  const body = jsonOf(text);
  const refused = refusal.safeParse(body);
  if (refused.success)
    throw new Error(`${name} refused ${query}: ${refused.data.errorType}, ${quoted(refused.data.error)}`);
  if (status !== 200) throw new Error(`${name} answered ${status}: ${quoted(text.trim().slice(0, 200))}`);
  const parsed = answer.safeParse(body);
  if (!parsed.success) {
    const type = headers['content-type'] ?? 'no content type';
    throw new Error(`${name} did not answer as Prometheus's query API does (${quoted(type)})`);
  }
  return parsed.data;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // what came instead is told by its content type
  }
}

function tokenOf({ tokenFrom }: PrometheusSource, { env }: Shell): string | null {
  if (tokenFrom === undefined) return null;
  const token = env[tokenFrom];
  if (token === undefined || token === '')
    throw new Error(`the environment has no ${tokenFrom}, which holds its token`);
  return token;
}
