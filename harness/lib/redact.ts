/**
 * Takes secrets out of what is kept: what the environment says is one, and what looks like one. Pure.
 *
 * Whatever goes under `reports/` passes through here where it is collected, so that what is judged is what is saved.
 */

export interface Redactor {
  /** The text with `[redacted]` in the place of each secret. */
  readonly text: (text: string) => string;
  /** The same value with every string in it redacted. JSON-safe data only. */
  readonly deep: <T>(value: T) => T;
}

const redacted = '[redacted]';

/** Shorter values are words such as `true`, and nothing could be read any more without them. */
const SHORTEST_SECRET = 6;

/** A redactor that knows the values of the environment's secrets. */
export function redactorFor(env: { readonly [name: string]: string | undefined }): Redactor {
  const values = secretValues(env);
  const known = values.length === 0 ? null : new RegExp(values.map(literally).join('|'), 'g');
  const text = (given: string): string =>
    shapes.reduce(
      (soFar, [shape, replacement]) => soFar.replace(shape, replacement),
      withoutKeyEnds(known === null ? given : given.replace(known, redacted)),
    );
  return {
    text,
    // Every string is replaced by a string, so the type stays what it was.
    deep: <T>(value: T): T => redactDeep(value, text) as T,
  };
}

// ------------------------------------------------------------------------------------ environment

const secretName =
  /TOKEN|SECRET|WEBHOOK|PASSW(?:OR)?D|PASSPHRASE|CREDENTIAL|COOKIE|DSN(?:_|$)|APIKEY|AUTHORIZATION|(?:^|_)(?:AUTH|PWD|PASS)(?:_|$)|KEYS?(?:_|$)/i;

/** Where something is, instead of what it is. */
const namesAPlace = /^(?:OLD)?PWD$|_(?:FILE|PATH|DIR|SOCK|URL_PREFIX)$/i;

function isSecretName(name: string): boolean {
  return secretName.test(name) && !namesAPlace.test(name);
}

/** The values themselves, line by line where they have several, and as they look within URLs, JSON and base64. */
function secretValues(env: { readonly [name: string]: string | undefined }): string[] {
  const values = Object.entries(env).flatMap(([name, value = '']) =>
    isSecretName(name) ? [value.trim(), ...value.split(/\r?\n/).map((line) => line.trim())] : [],
  );
  const spelled = values.flatMap((value) => [
    value,
    encodeURIComponent(value),
    JSON.stringify(value).slice(1, -1),
    btoa(String.fromCodePoint(...new TextEncoder().encode(value))),
  ]);
  const long = spelled.filter((value) => value.length >= SHORTEST_SECRET);
  return [...new Set(long)].sort((a, b) => b.length - a.length);
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`);
}

// ----------------------------------------------------------------------------------------- shapes

/** Where a name ends like this, its value is one: X-CSRF-Token, session_id, userPassword. */
const secretEnding =
  'token|secret|password|passwd|passphrase|api[_-]?key|access[_-]?key|private[_-]?key|session[_-]?id|signature|csrf|xsrf|jwt';
const secretHeader = `authorization|proxy-authorization|cookie|set-cookie|x-[\\w-]{0,40}(?:${secretEnding})`;
const secretField =
  'password|passwd|passphrase|secret|client[_-]?secret|token|(?:access|refresh|id|auth|csrf)[_-]?token|api[_-]?key|access[_-]?key|private[_-]?key';
const secretParameter = `[\\w.-]{0,40}(?:${secretEnding})|(?:sentry_)?key|sig|auth|code|sid|session|x-amz-credential`;

/** In order: what the earlier ones replace, the later ones leave alone. */
const shapes: readonly (readonly [shape: RegExp, replacement: string])[] = [
  // A key block, also one that a cut has left without its end.
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, redacted],
  // https://user:password@host, https://token@host
  [/\b([a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/?#"'<>]+@/gi, `$1${redacted}@`],
  [
    new RegExp(String.raw`([?&;#]|&amp;|%26|%3F|%23)(${secretParameter})(=|%3D)[^&#\s"'<>\\]+`, 'gi'),
    `$1$2$3${redacted}`,
  ],
  [
    new RegExp(String.raw`\b(${secretHeader})(\\?["']?\s*:\s*(?:\[\s*(?=\\?["']))?\\?["']?)[^\r\n"'\\]+`, 'gi'),
    `$1$2${redacted}`,
  ],
  [new RegExp(String.raw`(["'](?:${secretField})\\?["']\s*:\s*\\?["'])[^"'\\]+`, 'gi'), `$1${redacted}`],
  // NAME_TOKEN=value, --token value, --password=value; not where it only says where to take it from.
  [
    /\b([A-Z0-9_]*(?:TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|API_?KEY|ACCESS_KEY|PRIVATE_KEY|DSN)=)["']?[^\s"'$<]+/g,
    `$1${redacted}`,
  ],
  [new RegExp(String.raw`\b((?:${secretField})=)["']?[^\s"'$<&,;)]+`, 'gi'), `$1${redacted}`],
  [new RegExp(String.raw`(--(?:${secretField})(?:=|\s+))["']?[^\s"'$<-][^\s"']*`, 'gi'), `$1${redacted}`],
  [/\b(Bearer\s+)[A-Za-z0-9._~+/=-]{8,}/gi, `$1${redacted}`],
  [/\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g, redacted],
  [/\b(?:gh[oprsu]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|xox[abeoprs]-[\w-]{10,})/g, redacted],
  [/\b(?:(?:AKIA|ASIA)[A-Z0-9]{16}\b|sk[-_][\w-]{16,}|npm_\w{36}|sntry[su]_[\w=+/-]{20,}|AIza[\w-]{35})/g, redacted],
];

/**
 * A key block that a cut has left without its beginning: the lines of base64 before its end go with it. Walked by hand, because an
 * expression would try this from every line of a long text.
 */
function withoutKeyEnds(text: string): string {
  if (!text.includes('-----END ')) return text;
  const kept: string[] = [];
  for (const line of text.split('\n')) {
    const end = /-----END [A-Z ]*PRIVATE KEY-----/.exec(line);
    if (end === null || /-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(line)) {
      kept.push(line);
      continue;
    }
    let from = kept.length;
    while (from > 0 && /^[A-Za-z0-9+/=]{1,76}\r?$/.test(kept[from - 1] ?? '')) from -= 1;
    // With its beginning, the whole block is one of the shapes.
    if (/-----BEGIN [A-Z ]*PRIVATE KEY-----\r?$/.test(kept[from - 1] ?? '')) kept.push(line);
    else kept.splice(from, Number.POSITIVE_INFINITY, redacted + line.slice(end.index + end[0].length));
  }
  return kept.join('\n');
}

const headerName = new RegExp(`^(?:${secretHeader})$`, 'i');
const pairName = new RegExp(`^(?:${secretHeader}|${secretParameter})$`, 'i');
const fieldName = new RegExp(`^(?:${secretField})$`, 'i');

// ------------------------------------------------------------------------------------------- data

/** Rampgate's own vocabulary and its packed numbers: never text from outside, and evidence without them is none. */
const vocabulary = new Set([
  'kind',
  'status',
  'unit',
  'code',
  'reason',
  'mediaType',
  'probe',
  'sli',
  'histogram',
  'at',
]);

function redactDeep(value: unknown, text: (given: string) => string): unknown {
  if (typeof value === 'string') return text(value);
  if (Array.isArray(value)) return value.map((one) => redactDeep(one, text));
  if (typeof value !== 'object' || value === null) return value;
  // A header or a parameter as recorders write it: { "name": "Cookie", "value": "…" }.
  const named = 'name' in value && typeof value.name === 'string' && pairName.test(value.name);
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]: [string, unknown]) => {
      if (typeof inner === 'string' && vocabulary.has(key)) return [key, inner];
      if (key === 'cookies' && Array.isArray(inner)) return [key, inner.map(withoutValue)];
      if (headerName.test(key) || (named && key === 'value')) return [text(key), secretOnly(inner)];
      if (typeof inner === 'string' && inner !== '' && fieldName.test(key)) return [text(key), redacted];
      return [text(key), redactDeep(inner, text)];
    }),
  );
}

/** Any cookie may be one that says who somebody is. */
function withoutValue(cookie: unknown): unknown {
  return typeof cookie === 'object' && cookie !== null && 'value' in cookie ? { ...cookie, value: redacted } : cookie;
}

/** Header values come as strings or as lists of them. */
function secretOnly(value: unknown): unknown {
  if (typeof value === 'string') return redacted;
  return Array.isArray(value) ? value.map(() => redacted) : value;
}
