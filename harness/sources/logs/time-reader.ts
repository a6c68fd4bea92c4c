/** Time stamps of line after line, quickly: where the last ones stood, the next ones most often stand too. */
import { type TimeContext, timeOfLine } from './time-stamp.ts';

/** Reads the time of the line in `bytes` from `start` to `end`; null when it has none that can be read. */
export type TimeReader = (bytes: Buffer, start: number, end: number) => number | null;

/** The last stamp that was read in full: one of the same minute and zone differs from it in its seconds only. */
interface Known {
  /** `YYYY-MM-DDTHH:MM`. */
  readonly minute: string;
  readonly startsAtMs: number;
  readonly zone: number;
}

const MINUTE_LENGTH = 16;
/** Lines of different levels have their stamps in different places. */
const MOST_PLACES = 6;
const isoShape = /\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d/;

/** A reader with a memory of its own, for one log. */
export function timeReader(context: TimeContext): TimeReader {
  const places: number[] = [];
  let known: Known | null = null;

  const learn = (line: string, time: number): void => {
    const at = line.search(isoShape);
    if (at < 0 || timeOfLine(line.slice(at, at + 40), context) !== time) return;
    const bytes = Buffer.from(line.slice(at, at + 40), 'latin1');
    const minute = line.slice(at, at + MINUTE_LENGTH);
    const [intoMs, zone] = afterMinute(bytes, 0, bytes.length) ?? [0, 0];
    known = { minute, startsAtMs: time - intoMs, zone };
    if (!places.includes(at)) places.unshift(at);
    places.length = Math.min(places.length, MOST_PLACES);
  };

  return (bytes, start, end) => {
    for (const place of known === null ? [] : places) {
      const time = quickTime(bytes, [start + place, end], known);
      if (time !== null) return time;
    }
    const line = bytes.toString('latin1', start, end);
    const time = timeOfLine(line, context);
    if (time !== null) learn(line, time);
    return time;
  };
}

function quickTime(bytes: Buffer, [at, end]: readonly [number, number], known: Known | null): number | null {
  if (known === null) return null;
  for (let index = MINUTE_LENGTH - 1; index >= 0; index -= 1) {
    if (bytes[at + index] !== known.minute.charCodeAt(index)) return null;
  }
  const after = afterMinute(bytes, at, end);
  return after === null || after[1] !== known.zone ? null : known.startsAtMs + after[0];
}

/** Milliseconds into the minute of the stamp at `at`, and a number for its zone. */
function afterMinute(bytes: Buffer, at: number, end: number): readonly [intoMs: number, zone: number] | null {
  const tens = digit(bytes[at + 17]);
  const ones = digit(bytes[at + 18]);
  if (at + 19 > end || bytes[at + MINUTE_LENGTH] !== 0x3a || tens < 0 || ones < 0) return null;
  let next = at + 19;
  let ms = 0;
  if (bytes[next] === 0x2e || bytes[next] === 0x2c) {
    next += 1;
    for (let scale = 100; digit(bytes[next]) >= 0; next += 1, scale = scale === 1 ? 0 : scale / 10) {
      ms += digit(bytes[next]) * scale;
    }
  }
  return [(tens * 10 + ones) * 1000 + ms, zoneNumber(bytes, next)];
}

/** Different for different zones, as far as stamps of one log may differ. */
function zoneNumber(bytes: Buffer, at: number): number {
  const first = bytes[bytes[at] === 0x20 ? at + 1 : at];
  if (first === 0x5a) return 1;
  if (first !== 0x2b && first !== 0x2d) return 0;
  let number = first;
  for (let next = at + 1; next < at + 7; next += 1) {
    if (digit(bytes[next]) >= 0) number = number * 10 + digit(bytes[next]);
  }
  return number;
}

/** 0 to 9, or -1 for what is not a digit. */
function digit(byte: number | undefined): number {
  return byte === undefined || byte < 0x30 || byte > 0x39 ? -1 : byte - 0x30;
}
