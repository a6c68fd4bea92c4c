import { describe, expect, it } from 'vitest';
import { showProgress } from './progress.mjs';

async function told(output: { isTTY?: boolean }, act: () => Promise<void>): Promise<string> {
  let text = '';
  const progress = showProgress({ ...output, write: (more: string) => (text += more) });
  await progress.during('Working', act).catch(() => undefined);
  return text.replaceAll(/\d+\.\d s/g, 'N s');
}

describe('progress', () => {
  it('is plain lines where nobody watches', async () => {
    expect(await told({}, async () => undefined)).toBe('Working …\nWorking: done in N s\n');
  });

  it('says so when it failed', async () => {
    expect(await told({}, () => Promise.reject(new Error('no')))).toBe('Working …\nWorking: failed after N s\n');
  });

  it('passes on what was done and what went wrong', async () => {
    const progress = showProgress({ write: () => true });
    expect(await progress.during('Working', async () => 7)).toBe(7);
    await expect(progress.during('Working', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  });
});
