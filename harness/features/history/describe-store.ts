/** The commands about what is remembered of runs: their words and flags. What they do is loaded when they are run. */
import { type Command, Option } from 'commander';
import type { Shell } from '../../lib/shell.ts';
import type { BaselineFlags } from './baseline.ts';
import type { StoreFlags } from './store.ts';

export function describeStore(program: Command, shell: Shell, finish: (exitCode: number) => void): void {
  const withPlace = (command: Command): Command =>
    command
      .addOption(new Option('--out <dir>', 'where run folders are').default('reports'))
      .addOption(new Option('--config <path>', 'the configuration').default('rampgate.config.ts'));
  const baseline = program.command('baseline').description('which runs others are compared with, and who said so');
  withPlace(
    baseline
      .command('accept')
      .description('compare later runs of the same key with this one, which must be go')
      .argument('<run>', 'a run folder, or its name')
      .option('--note <text>', 'why, for the record'),
  ).action(async (run: string, flags: BaselineFlags) => {
    const { acceptCommand } = await import('./baseline.ts');
    finish(await acceptCommand(run, flags, shell));
  });
  withPlace(
    baseline
      .command('reject')
      .description('compare no run with this one any more; the record is kept')
      .argument('<run>', 'a run folder, or its name')
      .option('--note <text>', 'why, for the record'),
  ).action(async (run: string, flags: BaselineFlags) => {
    const { rejectCommand } = await import('./baseline.ts');
    finish(await rejectCommand(run, flags, shell));
  });
  withPlace(baseline.command('list').description('what was decided, by whom, when and why, newest first')).action(
    async (flags: BaselineFlags) => {
      const { listCommand } = await import('./baseline.ts');
      finish(await listCommand(flags, shell));
    },
  );
  withPlace(
    baseline
      .command('show')
      .description('what each criterion is compared with')
      .argument('[criterion]', 'only this one'),
  ).action(async (criterion: string | undefined, flags: BaselineFlags) => {
    const { showCommand } = await import('./baseline.ts');
    finish(await showCommand(criterion, flags, shell));
  });
  const store = program.command('store').description('the index of runs beside the run folders, or the shared store');
  withPlace(
    store
      .command('merge')
      .description('add what other runners remember: their folders of reports, or an index.sqlite')
      .argument('<others...>', 'folders or files; they are left as they are'),
  ).action(async (others: string[], flags: StoreFlags) => {
    const { storeMergeCommand } = await import('./merge-store.ts');
    finish(await storeMergeCommand(others, flags, shell));
  });
  withPlace(store.command('rebuild').description('make the index anew from the run folders')).action(
    async (flags: StoreFlags) => {
      const { storeRebuildCommand } = await import('./store.ts');
      finish(await storeRebuildCommand(flags, shell));
    },
  );
}
