/** The flags that several commands share, and the types that follow from a command's flags. */
import { type CommandUnknownOpts, Option } from '@commander-js/extra-typings';
import { mistakes } from './mistakes.ts';

export const sharedOptions = {
  target: new Option('--target <name>', 'which target of the configuration (default: its defaultTarget)'),
  web: new Option('--web <url>', "the target's web address, instead of the configured one"),
  api: new Option('--api <url>', "the target's API address, instead of the configured one"),
  logs: new Option('--logs <file...>', "NAME=PATH of the target's logs, instead of the configured ones"),
  only: new Option('--only <id...>', 'only these criteria'),
  browser: new Option('--browser <path>', 'the Chromium or Chrome to measure with'),
  config: new Option('--config <path>', 'the configuration').default('rampgate.config.ts'),
};

export function profileOption(meaning: string) {
  return new Option('--profile <name>', meaning).default('pre-ramp');
}

export function outOption(meaning: string) {
  return new Option('--out <dir>', meaning).default('reports');
}

/** Refuses a flag by its former name, so that an old script learns the new one. Help does not show it. */
export function renamedFlag(command: CommandUnknownOpts, former: string, now: string): void {
  command.addOption(new Option(`--${former} [value]`).hideHelp()).on(`option:${former}`, () => {
    throw mistakes.renamedFlag(`--${former}`, `--${now}`);
  });
}

export const exitCodeHelp = `
Exit codes: 0 go, 1 no-go, 2 inconclusive, 3 bad configuration or usage,
            70 a bug in Rampgate, 130 interrupted`;

/** The flags that a command was given, inferred from its description: a flag that was not given has no key. */
export type FlagsOf<Described> = Described extends { opts(): infer Values }
  ? { readonly [Flag in keyof Values]: FlagValue<Exclude<Values[Flag], undefined>> }
  : never;

type FlagValue<Value> = [Value] extends [true] ? boolean : Value extends string[] ? readonly string[] : Value;
