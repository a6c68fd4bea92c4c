/** Where Rampgate itself lies: the clone, or the installed package. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const packageRoot: string = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
