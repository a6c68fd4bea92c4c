/** Makes the types that schemas infer read-only. */
import type { Json } from './units.ts';

/** The same shape, read-only at every depth. JSON is read-only already, and recursive: it is left as it is. */
export type Immutable<T> = Json extends T ? T : T extends object ? { readonly [K in keyof T]: Immutable<T[K]> } : T;
