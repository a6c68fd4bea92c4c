import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { packageVersion } from './package-version.ts';

const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8'));

describe('packageVersion', () => {
  it.each(['autocannon', 're2js', 'playwright', 'lighthouse'])('reads that of %s as it is installed', (name) => {
    expect(packageVersion(name)).toBe(dependencies[name]);
  });

  it('throws for what is not installed', () => {
    expect(() => packageVersion('no-such-package-anywhere')).toThrow('no-such-package-anywhere');
  });
});
