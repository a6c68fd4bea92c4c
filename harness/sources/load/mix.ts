/** What a load consists of, as its configuration finds it out from the target. */

import type { Shell } from '../../lib/shell.ts';
import type { LoadShare, MixContext } from '../../model/load-mix.ts';
import type { TargetPolicy } from '../../model/target-policy.ts';
import { distinctPath } from '../distinct-path.ts';
import type { LoadPolicy } from './settings.ts';

/** What of a target a mix may want to know. */
export type LoadedTarget = Pick<TargetPolicy, 'artifacts' | 'conventions' | 'limiter'>;

const TIMEOUT_MS = 10_000;

export function mixContext({
  api,
  target: { artifacts, conventions, limiter },
  shell,
}: {
  readonly api: string;
  readonly target: LoadedTarget;
  readonly shell: Shell;
}): MixContext {
  return {
    artifacts,
    conventions,
    getJson: async (path) => {
      const { status, text } = await shell.request(
        api + (limiter === null ? path : distinctPath(path, limiter.distinctBy)),
        { timeoutMs: TIMEOUT_MS },
      );
      if (status < 200 || status > 299) throw new Error(`GET ${path} answered ${status}`);
      return JSON.parse(text) as unknown;
    },
  };
}

/** Throws where the shares do not add up, and for whatever the configuration's function throws. */
export async function checkedMix(
  { name, mix }: Pick<LoadPolicy, 'name' | 'mix'>,
  context: MixContext,
): Promise<readonly LoadShare[]> {
  const shares = await mix(context);
  const sum = shares.reduce((total, { share }) => total + share, 0);
  if (Math.abs(sum - 1) > 1e-6) throw new Error(`the shares of load.${name} add up to ${sum}, not to 1`);
  return shares;
}
