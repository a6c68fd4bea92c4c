/** A channel's address from the environment, or why there is none. */
import { createHash } from 'node:crypto';

export interface Webhook {
  readonly url: string;
  /** Safe to show. */
  readonly host: string;
  /** Identifies the webhook without revealing it. */
  readonly fingerprint: string;
}

/** A string says why nothing can be sent. */
export function webhookOf(variable: string, env: { readonly [name: string]: string | undefined }): Webhook | string {
  const url = env[variable]?.trim() ?? '';
  if (url === '') return `${variable} is not set`;
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) {
    return `${variable} holds no address, which looks like https://hooks.slack.com/services/…`;
  }
  const fingerprint = createHash('sha256').update(url).digest('hex').slice(0, 12);
  return { url, host: new URL(url).host, fingerprint };
}
