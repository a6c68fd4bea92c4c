/** Whether the cache header of a load is to be believed: a request that nobody has asked is a miss, and its repetition a hit. */

import { defined } from '../../lib/defined.ts';
import { messageOf } from '../../lib/message-of.ts';
import type { Shell } from '../../lib/shell.ts';
import type { Control } from '../../model/evidence.ts';
import type { LoadRequest, LoadShare } from '../../model/load-mix.ts';
import { notSeen, notTried, seen } from '../positive-control.ts';
import { quoted } from '../quoted.ts';
import { cacheSaid } from './classify.ts';
import type { LoadPolicy } from './settings.ts';

export interface CacheControls {
  /** Not seen, the header tells no misses: no hit of the load is to be believed. */
  readonly miss: Control;
  /** Not seen, there may be no cache, which the hit rate itself tells. */
  readonly hit: Control;
}

const aboutMiss = { name: 'first request', planted: 'a request that nobody has asked before, which must be a miss' };
const aboutHit = { name: 'repeated request', planted: 'the same request once more, which should be a hit' };

export interface AskOptions {
  readonly api: string;
  readonly shell: Shell;
  readonly signal: AbortSignal;
  /** Why nothing may be asked; absent where it may. */
  readonly withoutControl?: string;
}

/** Null for a load without a cache header. Never throws. */
export async function proveCacheHeader(
  { name, cacheHeader, timeoutMs }: Pick<LoadPolicy, 'name' | 'cacheHeader' | 'timeoutMs'>,
  mix: readonly LoadShare[],
  options: AskOptions,
): Promise<CacheControls | null> {
  if (cacheHeader === undefined) return null;
  const unasked = mix.find((share) => share.unasked !== undefined)?.unasked;
  const reason =
    options.withoutControl ??
    (unasked === undefined ? `the mix of load.${name} names no request that nobody has asked (unasked)` : undefined);
  if (unasked === undefined || reason !== undefined) {
    return { miss: notTried(aboutMiss, reason ?? ''), hit: notTried(aboutHit, reason ?? '') };
  }
  const ask = () => askOnce(unasked, { ...options, cacheHeader, timeoutMs });
  const first = await ask();
  const second = await ask();
  return {
    miss: (first.signal === 'miss' ? seen : notSeen)(aboutMiss, first.said),
    hit: (second.signal === 'hit' ? seen : notSeen)(aboutHit, second.said),
  };
}

interface Said {
  readonly signal: 'hit' | 'miss' | 'unknown';
  /** What was answered, with its values. */
  readonly said: string;
}

async function askOnce(
  { path, method = 'GET', headers = {}, body }: LoadRequest,
  {
    api,
    shell,
    signal: interruption,
    cacheHeader,
    timeoutMs,
  }: AskOptions & { readonly cacheHeader: string; readonly timeoutMs: number },
): Promise<Said> {
  const asked = `${method} ${quoted(path)}`;
  try {
    const answer = await shell.request(api + path, {
      method,
      headers,
      ...defined({ body }),
      timeoutMs,
      signal: interruption,
    });
    if (answer.status < 200 || answer.status > 299) {
      return { signal: 'unknown', said: `${asked} answered ${answer.status}` };
    }
    const value = answer.headers[cacheHeader.toLowerCase()];
    const said = value === undefined ? `no ${cacheHeader}` : `${cacheHeader}: ${quoted(value)}`;
    const signal = cacheSaid((name) => answer.headers[name.toLowerCase()], [cacheHeader]);
    return { signal, said: `${said} came to ${asked}` };
  } catch (error) {
    const why = messageOf(error);
    return { signal: 'unknown', said: `${asked} was not answered: ${why}` };
  }
}
