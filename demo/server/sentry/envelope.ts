/** Sentry's wire format: a header line, then items, each a header line and a payload of stated length or of one line. */

/** One item of an envelope. */
export interface EnvelopeItem {
  readonly type: string;
  /** The payload as text; null for one that is not JSON. */
  readonly payload: unknown;
}

/** Reads an envelope. Throws where its header or an item's header is not JSON. */
export function parseEnvelope(body: Buffer): { readonly header: unknown; readonly items: readonly EnvelopeItem[] } {
  let at = 0;
  const line = (): Buffer => {
    const end = body.indexOf('\n', at);
    const taken = body.subarray(at, end === -1 ? body.length : end);
    at = end === -1 ? body.length : end + 1;
    return taken;
  };
  const header: unknown = JSON.parse(line().toString('utf8'));
  const items: EnvelopeItem[] = [];
  while (at < body.length) {
    const head = line().toString('utf8');
    if (head === '') continue;
    const { type, length }: { type?: string; length?: number } = JSON.parse(head);
    const payload = length === undefined ? line() : body.subarray(at, at + length);
    if (length !== undefined) at += length;
    items.push({ type: type ?? 'unknown', payload: jsonOrNull(payload) });
  }
  return { header, items };
}

function jsonOrNull(payload: Buffer): unknown {
  try {
    return JSON.parse(payload.toString('utf8')) as unknown;
  } catch {
    return null; // a replay's recording, an attachment
  }
}
