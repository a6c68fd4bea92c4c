/** The positive control of a log: a request that the application logs, with a marker that must be read back from that log. */
import { randomBytes } from 'node:crypto';
import type { Shell } from '../../lib/shell.ts';
import type { Control } from '../../model/evidence.ts';
import type { TargetIdentity } from '../../model/run.ts';
import type { Json } from '../../model/units.ts';
import { notSeen, seen } from '../positive-control.ts';
import { quoted } from '../quoted.ts';
import { linePattern } from './line-pattern.ts';
import { type LogReading, wordsOf } from './log-reading.ts';
import type { LogControl, LogPolicy } from './settings.ts';

/** Its name is no pattern's: those have no space. */
export const aboutMarker = { name: 'marker line', planted: 'a request with a marker that the application logs' };

export interface Marker {
  /** Matches itself alone, also as a regular expression. */
  readonly word: string;
  /** What was asked, in words. */
  readonly asked: string;
  readonly withinMs: number;
}

const TIMEOUT_MS = 10_000;

/** Sends the request; resolves to what to look for, or to why it cannot be seen. Whatever is answered, it may be logged. */
export async function plantMarker(
  { url, method, json, withinMs }: LogControl,
  {
    target,
    shell,
    signal,
  }: { readonly target: Pick<TargetIdentity, 'web' | 'api'>; readonly shell: Shell; readonly signal: AbortSignal },
): Promise<Marker | Control> {
  const word = `rampgate-control-${randomBytes(8).toString('hex')}`;
  const address = url.replace('{web}', target.web).replace('{api}', target.api).replaceAll('{marker}', word);
  const body = json === undefined ? null : withMarker(json, word);
  const asked = `${method} ${quoted(address)}`;
  try {
    const { status } = await shell.request(address, {
      method,
      ...(body === null ? {} : { headers: { 'content-type': 'application/json' }, body }),
      timeoutMs: TIMEOUT_MS,
      signal,
    });
    return { word, asked: `${asked} (answered ${status})`, withinMs };
  } catch (error) {
    return notSeen(aboutMarker, `${asked} was not answered: ${quoted(wordsOf(error))}`);
  }
}

function withMarker(json: Json, word: string): string {
  return JSON.stringify(json).replaceAll('{marker}', word);
}

/** Null where the reading does not have the marker. One that would itself be counted proves nothing but a wrong count. */
export function markerFound({
  log: { name, patterns },
  reading,
  waitedMs,
}: {
  readonly log: Pick<LogPolicy, 'name' | 'patterns'>;
  readonly reading: LogReading;
  readonly waitedMs: number;
}): Control | null {
  const found = reading.streams.flatMap((stream) => {
    const [line] = stream.counts.matches[aboutMarker.name]?.lines ?? [];
    return line === undefined ? [] : [{ line, source: stream.name }];
  });
  const [first] = found;
  if (first === undefined) return null;
  const counts = Object.entries(patterns).find(([pattern, text]) => linePattern(pattern, text).matches(first.line));
  if (counts !== undefined) {
    return notSeen(
      aboutMarker,
      `its own line is counted as ${counts[0]}: ${quoted(first.line)}; let logs.${name}.control ask for something else`,
    );
  }
  return seen(aboutMarker, `read back from ${first.source} after ${Math.round(waitedMs)} ms`);
}

export function markerMissing({ asked, withinMs }: Marker, { streams, problems }: LogReading): Control {
  const read = streams.map(({ name, counts }) => `${name} (${counts.lines} lines)`).join(', ');
  const told = problems.length === 0 ? '' : `; ${problems.join('; ')}`;
  return notSeen(
    aboutMarker,
    `${asked} left no line within ${withinMs / 1000} s in ${read === '' ? 'any file' : read}${told}`,
  );
}
