/** The documents that people read, relative to the root. The log of decisions is none: it says how things were. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

export const documents: readonly string[] = [
  'README.md',
  'CONTRIBUTING.md',
  'demo/README.md',
  'reports/README.md',
  'docs/ci/README.md',
  ...readdirSync(join(import.meta.dirname, '..', 'docs'))
    .filter((name) => name.endsWith('.md') && name !== 'decisions.md')
    .map((name) => `docs/${name}`),
];
