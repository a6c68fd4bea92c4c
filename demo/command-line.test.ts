import { describe, expect, it } from 'vitest';
import { parseCommandLine, renderFaultList } from './command-line.ts';
import { type Fault, faultNames, faults } from './faults.ts';

describe('the command line', () => {
  it('starts a healthy demo on the usual ports when nothing is said', () => {
    expect(parseCommandLine([])).toEqual({
      kind: 'start',
      webPort: 4173,
      apiPort: 4174,
      faults: new Map(),
      sentryDsn: null,
      withSentry: false,
      release: 'demo@1.0.0',
      exitWithParent: false,
      conventions: 'checklist',
    });
  });

  it('plants faults with their usual or a given size', () => {
    const request = parseCommandLine(['--fault', 'slow-diff', '--fault', 'diff-errors=10', '--fault', 'cache-off']);
    expect(request).toMatchObject({
      faults: new Map([
        ['slow-diff', 350],
        ['diff-errors', 10],
        ['cache-off', 1],
      ]),
    });
  });

  it.each([
    [['--port', 'x'], '--port x is not a port. Give a whole number from 0 to 65535; 0 picks a free one.'],
    [['--api-port', '70000'], '--api-port 70000 is not a port.'],
    [['--fault', 'slow-dif'], 'There is no fault named slow-dif. Did you mean slow-diff or'],
    [['--fault', 'xyz'], 'There is no fault named xyz. All of them: --list-faults.'],
    [['--fault', 'slow-diff=-1'], 'The size -1 of fault slow-diff is not a positive number of ms.'],
    [['--fault', 'diff-errors=101'], 'The size 101 of fault diff-errors is not a positive number of %.'],
    [['--fault', 'cache-off=3'], 'Fault cache-off has no size.'],
    [['--dsn', 'nonsense'], '--dsn nonsense is not a Sentry DSN.'],
    [['--dsn', 'http://k@h/1', '--with-sentry'], 'Leave one of them out.'],
    [['--dialect', 'skillmeat'], '--dialect is now called --conventions.'],
    [['--colour'], "Unknown option '--colour'. See --help for what is understood."],
  ])('refuses %j with what to do next', (args, message) => {
    expect(() => parseCommandLine(args)).toThrow(message);
  });

  it('lists every fault with the criteria it turns red', () => {
    const list = renderFaultList();
    for (const name of faultNames) expect(list).toContain(name);
    const about = Object.values<Fault>(faults).map(({ turnsRed, leavesOpen = [], spares = [] }) => [
      ...turnsRed,
      ...leavesOpen,
      ...spares,
    ]);
    for (const criteria of about) expect(criteria.length).toBeGreaterThan(0);
  });
});
