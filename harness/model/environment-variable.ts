/** The name of an environment variable. */
import { z } from 'zod';

export const environmentVariable = z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'must name an environment variable');
