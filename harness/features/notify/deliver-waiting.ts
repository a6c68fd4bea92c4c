/** Sends what waits in the outbox, for as long as it takes. */
import type { Delivery } from '../../model/delivery.ts';
import { destinationOf } from './destination.ts';
import { nothingTold, openPost, type PostOptions } from './send-messages.ts';
import { openSentryLink } from './sentry-transport.ts';

/** What became of it. */
export async function deliverKept(
  { dsnVariable, timeoutMs }: { readonly dsnVariable: string; readonly timeoutMs: number },
  options: PostOptions,
): Promise<Delivery> {
  const destination = destinationOf(dsnVariable, options.shell.env);
  if (typeof destination === 'string') return nothingTold(destination, options);
  const open = () => openSentryLink({ dsn: destination.dsn, environment: 'outbox', timeoutMs });
  const post = openPost(destination, { open }, options);
  await post.sendKept(Number.POSITIVE_INFINITY);
  return post.close();
}
