/** Where Rampgate keeps what outlives a run but belongs to none. */
import { homedir } from 'node:os';
import { join } from 'node:path';

/** `RAMPGATE_CACHE`, or `rampgate` in the user's folder for caches (XDG Base Directory Specification). */
export function cacheFolder(env: { readonly [name: string]: string | undefined }): string {
  return env['RAMPGATE_CACHE'] ?? join(env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'rampgate');
}
