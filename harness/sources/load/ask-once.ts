/** Asks one request of each share of a load, to see beforehand whether the load could tell anything. */

import { defined } from '../../lib/defined.ts';
import { messageOf } from '../../lib/message-of.ts';
import type { Shell } from '../../lib/shell.ts';
import { checkedMix, type LoadedTarget, mixContext } from './mix.ts';
import type { LoadPolicy } from './settings.ts';

export interface AskedOnce {
  readonly fit: boolean;
  readonly found: string;
}

/** Never throws: what keeps the load from telling anything is what was found. */
export async function askOnce(
  load: LoadPolicy,
  options: { readonly api: string; readonly target: LoadedTarget; readonly shell: Shell },
): Promise<AskedOnce> {
  const { api, shell } = options;
  try {
    const mix = await checkedMix(load, mixContext(options));
    for (const { name, requests } of mix) {
      const [{ path, method = 'GET', headers = {}, body }] = requests;
      const answer = await shell.request(api + path, {
        method,
        headers,
        ...defined({ body }),
        timeoutMs: load.timeoutMs,
      });
      if (answer.status < 200 || answer.status > 299) {
        return { fit: false, found: `"${name}" answered ${answer.status} to ${method} ${path}` };
      }
      if (!answer.text.includes(load.expectBody)) {
        return { fit: false, found: `"${name}" answered ${method} ${path} without ${JSON.stringify(load.expectBody)}` };
      }
      const { cacheHeader } = load;
      if (cacheHeader !== undefined && answer.headers[cacheHeader.toLowerCase()] === undefined) {
        return { fit: false, found: `"${name}" answered ${method} ${path} without the header ${cacheHeader}` };
      }
    }
    const shares = mix.map(({ name, requests }) => `${requests.length} × ${name}`).join(', ');
    return { fit: true, found: `${load.ratePerSecond}/s for ${load.durationMs / 1000} s: ${shares}` };
  } catch (error) {
    return { fit: false, found: messageOf(error) };
  }
}
