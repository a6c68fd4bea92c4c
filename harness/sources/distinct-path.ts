/** Requests that ask for the same and are not the same, for targets that refuse whoever repeats himself. */
import { randomUUID } from 'node:crypto';

/** Keeps the requests of one run apart from those of an earlier one, which a limiter may still remember. */
const run = randomUUID().slice(0, 8);
let requests = 0;

/** A path or an address, with a value that this parameter has never had. */
export function distinctPath(path: string, parameter: string): string {
  requests += 1;
  return `${path}${path.includes('?') ? '&' : '?'}${parameter}=${run}-${requests}`;
}
