/** Versions of packages as they are installed, for evidence to name what it was measured with. */
import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';

/** Throws where the package is not installed. */
export function packageVersion(name: string): string {
  const manifest = findPackageJSON(name, import.meta.url);
  if (manifest === undefined) throw new Error(`the package ${name} is not installed`);
  const { version }: { version?: unknown } = JSON.parse(readFileSync(manifest, 'utf8'));
  if (typeof version !== 'string') throw new Error(`${manifest} states no version`);
  return version;
}
