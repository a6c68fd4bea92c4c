/** Opens a page in the default browser. */
import { platform } from 'node:os';
import { mistakes } from '../lib/mistakes.ts';
import type { Shell } from '../lib/shell.ts';

/** Throws an OperatorMistake where nothing can open it, as on a server. */
export async function openPage(address: string, shell: Shell): Promise<void> {
  const opener = platform() === 'darwin' ? 'open' : 'xdg-open';
  const { code, error } = await shell.start([opener, address]).ended;
  if (code !== 0) throw mistakes.notOpened(address, error ?? `${opener} ended with ${code ?? 'a signal'}`);
}
