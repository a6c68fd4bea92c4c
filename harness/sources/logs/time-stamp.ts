/** When a log line says it was written: ISO with and without a zone, epochs, JSON fields, syslog, access logs. */

export interface TimeContext {
  /** Of times that name no zone, in minutes east of UTC; null for the zone of this machine. */
  readonly zoneMinutes: number | null;
  /** A syslog line has no year: the time nearest to this one is meant. */
  readonly nearMs: number;
}

/** In lines of JSON. The first one that can be read counts. */
const fields = 'timestamp|@timestamp|time|ts|asctime|datetime|eventTime|__REALTIME_TIMESTAMP';
const jsonField = new RegExp(`"(?:${fields})"\\s*:\\s*(?:"([^"]{1,40})"|(\\d{10,19}(?:\\.\\d{1,9})?))`, 'g');

const zone = String.raw`(?:\s?(Z|[+-]\d\d:?\d\d))?`;
const isoText = String.raw`(\d{4})[-/](\d\d)[-/](\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?${zone}`;
const iso = new RegExp(`^${isoText}`);
/** At the start of a line, or behind a bracket, a level or the name of a container: a date in a sentence is not its time. */
const isoAtStart = new RegExp(`^\\W{0,4}(?:[A-Za-z]+[\\]:]*\\s+|[\\w.-]+\\s+\\|\\s*)?\\W{0,4}${isoText}`);
const epochAtStart = /^\[?(\d{10,19}(?:\.\d{1,9})?)\b/;
const syslogAtStart = /^(?:<\d{1,3}>)?([A-Z][a-z]{2}) +(\d{1,2}) (\d\d):(\d\d):(\d\d)/;
const accessLog = /\[(\d\d)\/([A-Z][a-z]{2})\/(\d{4}):(\d\d):(\d\d):(\d\d) ([+-]\d{4})\]/;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A time stamp stands within so many characters, unless it is a field of JSON. */
const HEAD_LENGTH = 256;

/** When the line was written, in epoch milliseconds, or null when it does not say so in a way that is known here. */
export function timeOfLine(line: string, context: TimeContext): number | null {
  const head = line.slice(0, HEAD_LENGTH);
  if (!head.startsWith('{')) {
    const plain = plainTime(head, context);
    if (plain !== null) return plain;
  }
  return line.includes('{') ? jsonTime(line, context) : null;
}

function plainTime(head: string, context: TimeContext): number | null {
  const isoMatch = isoAtStart.exec(head);
  if (isoMatch !== null) return isoTime(isoMatch, context);
  const epoch = epochAtStart.exec(head)?.[1];
  if (epoch !== undefined) return epochTime(epoch);
  return syslogTime(head, context) ?? accessLogTime(head);
}

function jsonTime(line: string, context: TimeContext): number | null {
  for (const [, text, number] of line.matchAll(jsonField)) {
    const time = number === undefined ? timeOfText(text ?? '', context) : epochTime(number);
    if (time !== null) return time;
  }
  return null;
}

function timeOfText(text: string, context: TimeContext): number | null {
  const match = iso.exec(text);
  if (match !== null) return isoTime(match, context);
  return /^\d{10,19}(?:\.\d+)?$/.test(text) ? epochTime(text) : null;
}

function isoTime(
  [, year, month, day, hour, minute, second, fraction, zoneText]: RegExpExecArray,
  context: TimeContext,
) {
  const parts = [year, month, day, hour, minute, second].map(Number);
  const ms = Math.floor(Number(`0.${fraction ?? 0}`) * 1000);
  return instantOf(parts, ms, zoneText === undefined ? context.zoneMinutes : zoneMinutesOf(zoneText));
}

function syslogTime(head: string, { zoneMinutes, nearMs }: TimeContext): number | null {
  const match = syslogAtStart.exec(head);
  if (match === null) return null;
  const [, monthName = '', ...rest] = match;
  const year = new Date(nearMs).getUTCFullYear();
  const times = [year - 1, year, year + 1].flatMap((each) => {
    const time = instantOf([each, months.indexOf(monthName) + 1, ...rest.map(Number)], 0, zoneMinutes);
    return time === null ? [] : [time];
  });
  return times.sort((a, b) => Math.abs(a - nearMs) - Math.abs(b - nearMs))[0] ?? null;
}

function accessLogTime(head: string): number | null {
  const match = accessLog.exec(head);
  if (match === null) return null;
  const [, day, month = '', year, hour, minute, second, zoneText = ''] = match;
  const parts = [Number(year), months.indexOf(month) + 1, ...[day, hour, minute, second].map(Number)];
  return instantOf(parts, 0, zoneMinutesOf(zoneText));
}

/** Null for a date that does not exist: `Date.UTC` would take the 31st of June for the 1st of July. */
function instantOf(parts: readonly number[], ms: number, zoneMinutes: number | null): number | null {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts;
  const utc = Date.UTC(year, month - 1, day, hour, minute, second, ms);
  const back = new Date(utc);
  if (back.getUTCMonth() !== month - 1 || back.getUTCDate() !== day || hour > 23) return null;
  if (zoneMinutes !== null) return utc - zoneMinutes * 60_000;
  return new Date(year, month - 1, day, hour, minute, second, ms).getTime();
}

/**
 * `Z`, `+02:00` or `+0200` → minutes east of UTC.
 * @internal Exported for its tests.
 */
export function zoneMinutesOf(text: string): number {
  if (text === 'Z') return 0;
  const minutes = Number(text.slice(1, 3)) * 60 + Number(text.slice(-2));
  return text.startsWith('-') ? -minutes : minutes;
}

/** Seconds, milliseconds, micro- or nanoseconds, by how many digits they take between 2001 and 2286. */
function epochTime(text: string): number | null {
  const whole = text.split('.')[0] ?? '';
  const perMs: { readonly [digits: number]: number } = { 10: 1e-3, 13: 1, 16: 1e3, 19: 1e6 };
  const divisor = perMs[whole.length];
  return divisor === undefined ? null : Math.floor(Number(text) / divisor);
}
