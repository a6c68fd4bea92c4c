import { describe, expect, it } from 'vitest';
import { type Proc, watchProcessors } from './processor-use.ts';

interface Ticks {
  readonly user: number;
  readonly stolen?: number;
  /** Of each process: its parent, its own ticks, and those of children it waited for. */
  readonly processes: readonly (readonly [pid: number, parent: number, own: number, waitedFor?: number])[];
}

function procOf({ user, stolen = 0, processes }: Ticks): Proc {
  const stat = ([pid, parent, own, waitedFor = 0]: Ticks['processes'][number]) =>
    [
      pid,
      `${pid} (a (strange) name) S ${parent} 1 1 0 -1 4194560 0 0 0 0 ${own} 0 ${waitedFor} 0 20 0 1 0 55`,
    ] as const;
  return {
    total: () => `cpu  ${user} 0 0 9000 0 0 0 ${stolen} 0 0\ncpu0 1 0 0 1 0 0 0 0 0 0\n`,
    processes: () => new Map(processes.map(stat)),
  };
}

/** What is said of one second, from one state to the other, about process 10 and all it started. */
function useOf(...states: readonly [Ticks, Ticks]) {
  const [first, second] = states.map(procOf);
  const clock = [0, 1000];
  let proc = first as Proc;
  const use = watchProcessors(
    10,
    { total: () => proc.total(), processes: () => proc.processes() },
    () => clock.shift() ?? 0,
  );
  proc = second as Proc;
  return use();
}

describe('who has the processors', () => {
  it('is we, with all our children and theirs, and others', () => {
    const before = {
      user: 1000,
      processes: [
        [10, 1, 100],
        [11, 10, 50],
        [12, 11, 5],
        [99, 1, 500],
      ],
    } as const;
    const after = {
      user: 1150,
      processes: [
        [10, 1, 110],
        [11, 10, 70],
        [12, 11, 25],
        [99, 1, 600],
      ],
    } as const;
    expect(useOf(before, after)).toEqual({ ours: 0.5, others: 1, stolen: 0 });
  });

  it('is still we where a child of ours ended', () => {
    const before = {
      user: 1000,
      processes: [
        [10, 1, 100],
        [11, 10, 50],
      ],
    } as const;
    const after = { user: 1030, processes: [[10, 1, 100, 80]] } as const;
    expect(useOf(before, after)).toEqual({ ours: 0.3, others: 0, stolen: 0 });
  });

  it('is the hypervisor, which is neither', () => {
    const processes = [[10, 1, 100]] as const;
    expect(useOf({ user: 1000, stolen: 5, processes }, { user: 1000, stolen: 45, processes })).toEqual({
      ours: 0,
      others: 0,
      stolen: 0.4,
    });
  });

  it('is not known where the system does not tell', () => {
    const silent: Proc = {
      total: () => {
        throw new Error('there is no /proc');
      },
      processes: () => new Map(),
    };
    expect(watchProcessors(1, silent)()).toBeNull();
  });
});
