/** Where Rampgate itself lies: the clone, or the installed package. */
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

export const packageRoot: string = dirname(dirname(fileURLToPath(import.meta.url)));
