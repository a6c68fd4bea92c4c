/** What a load consists of, as its configuration finds it out from the target. */
import type { LoadPolicy, LoadShare, MixContext } from '../../policy.ts';
import type { Shell } from '../../shell.ts';

const TIMEOUT_MS = 10_000;

export function mixContext({
  api,
  artifacts,
  shell,
}: {
  readonly api: string;
  readonly artifacts: MixContext['artifacts'];
  readonly shell: Shell;
}): MixContext {
  return {
    artifacts,
    getJson: async (path) => {
      const { status, text } = await shell.request(api + path, { timeoutMs: TIMEOUT_MS });
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
