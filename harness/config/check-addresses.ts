/** Addresses on the command line are addresses. */
import { mistakes } from '../lib/mistakes.ts';

/** Throws an OperatorMistake for one that is none. */
export function checkAddresses({ web, api }: { readonly web?: string; readonly api?: string }): void {
  for (const [option, value] of [
    ['--web', web],
    ['--api', api],
  ] as const) {
    if (value !== undefined && !(URL.canParse(value) && /^https?:/.test(value))) throw mistakes.badUrl(option, value);
  }
}
