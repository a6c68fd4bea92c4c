/** Where the run store is. */
import { z } from 'zod';
import { environmentVariable } from './environment-variable.ts';

/** The shared store of runs; without it, runs are indexed beside their folders. */
export const storeAddress = z.union(
  [
    z
      .string()
      .refine(isPasswordless, 'must be a postgres:// address without a password, which PGPASSWORD gives')
      .transform((address) => ({ kind: 'address' as const, address })),
    z
      .strictObject({ postgres: z.strictObject({ env: environmentVariable }) })
      .transform(({ postgres }) => ({ kind: 'variable' as const, name: postgres.env })),
  ],
  'must be "postgres://USER@HOST/DATABASE" without a password, or { postgres: { env: NAME } } that names an environment variable',
);

function isPasswordless(address: string): boolean {
  return /^postgres(?:ql)?:\/\//.test(address) && URL.canParse(address) && new URL(address).password === '';
}

export type StoreAddress = z.output<typeof storeAddress>;
