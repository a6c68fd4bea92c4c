/**
 * What could not be delivered, one file each under `reports/outbox/`, until it is. Several runs may use it at once: whoever
 * renames a file has it, and a claim whose owner is gone is taken over.
 */

import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { parseSaved } from '../../lib/parse-saved.ts';
import type { SentryMessage } from '../../model/delivery.ts';

const entrySchema = z.object({
  schemaVersion: z.literal(1),
  kind: z.enum(['finding', 'check-in', 'notice']),
  about: z.string(),
  id: z.string(),
  run: z.string().nullable(),
  /** Which project or channel it is for, without saying its key. */
  destination: z.string(),
  keptAt: z.iso.datetime(),
  /** Of entries with one topic only the newest counts: a monitor in an environment. */
  topic: z.string().nullable(),
  /** Later it would be outdated or of no use. */
  usableUntil: z.iso.datetime(),
  /** As the SDK made it: header, then items with a header and a payload each. A notice's one item is what is posted. */
  envelope: z.tuple([z.record(z.string(), z.unknown()), z.array(z.tuple([z.unknown(), z.unknown()]))]),
});

/** A message with its envelope. */
export type OutboxEntry = z.output<typeof entrySchema>;

/** An entry that no other run sends meanwhile. */
export interface Claim {
  /** Null: the file cannot be read, and was put aside. */
  readonly entry: OutboxEntry | null;
  readonly name: string;
  /** It was delivered, or given up. */
  remove(): void;
  /** It goes on waiting. */
  release(): void;
}

export interface Outbox {
  readonly path: string;
  waiting(): number;
  /** Throws when it cannot be written. Gives back what had to make room. */
  keep(entry: Omit<OutboxEntry, 'schemaVersion'>): readonly OutboxEntry[];
  /** One after the other, the oldest first; those for other projects, or of other topics than the one named, are left alone. */
  claims(wanted: { readonly destination: string; readonly topic?: string }, now: () => Date): Generator<Claim>;
}

/**
 * More than this many say nothing that the others do not.
 * @internal Exported for its tests.
 */
export const MOST_ENTRIES = 200;

/** Sending a message never takes so long: its claimer is gone. */
const CLAIM_MS = 5 * 60_000;

const claimMark = '.claimed-';

/** The outbox of a folder of run folders; it need not be there yet. */
export function openOutbox(reports: string): Outbox {
  const path = join(reports, 'outbox');
  return {
    path,
    waiting: () => files(path).length,
    keep(entry) {
      mkdirSync(path, { recursive: true });
      const name = `${entry.keptAt.replaceAll(/[-:.]/g, '')}-${entry.id}.json`;
      const fresh = join(path, `.${name}-${process.pid}`);
      writeFileSync(fresh, `${JSON.stringify({ schemaVersion: 1, ...entry }, null, 1)}\n`);
      renameSync(fresh, join(path, name));
      return makeRoom(path);
    },
    *claims({ destination, topic }, now) {
      for (const name of files(path)) {
        if (isClaimed(name, now())) continue;
        const entry = read(join(path, name));
        if (entry !== null && entry.destination !== destination) continue;
        if (topic !== undefined && entry?.topic !== topic) continue;
        const claimed = claim(path, name, now());
        if (claimed !== null) yield claimed;
      }
    },
  };
}

function files(path: string): string[] {
  try {
    return readdirSync(path)
      .filter((name) => /^[^.].*\.json(?:\.claimed-.*)?$/.test(name))
      .toSorted();
  } catch {
    return []; // nothing was ever kept
  }
}

function isClaimed(name: string, now: Date): boolean {
  const [, since] = name.split(claimMark);
  return since !== undefined && now.getTime() - Number.parseInt(since, 10) < CLAIM_MS;
}

/** Null when another run was quicker. */
function claim(path: string, name: string, now: Date): Claim | null {
  const [plain = name] = name.split(claimMark);
  const mine = `${plain}${claimMark}${now.getTime()}-${randomBytes(4).toString('hex')}`;
  if (!move(path, name, mine)) return null;
  const entry = read(join(path, mine));
  if (entry === null) move(path, mine, `${plain}.unreadable`);
  return {
    entry,
    name: plain,
    remove: () => rmSync(join(path, mine), { force: true }),
    release: () => void move(path, mine, plain),
  };
}

/** False when it is not there any more. */
function move(path: string, from: string, to: string): boolean {
  try {
    renameSync(join(path, from), join(path, to));
    return true;
  } catch {
    return false;
  }
}

function read(file: string): OutboxEntry | null {
  try {
    return entrySchema.parse(parseSaved(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}

function makeRoom(path: string): readonly OutboxEntry[] {
  const all = files(path);
  const oldest = all.slice(0, Math.max(0, all.length - MOST_ENTRIES)).filter((name) => !name.includes(claimMark));
  return oldest.flatMap((name) => {
    const entry = read(join(path, name));
    rmSync(join(path, name), { force: true });
    return entry ?? [];
  });
}

/** An entry as a message that nobody has tried to send again. */
export function waitingMessage({ kind, about, id, run, keptAt }: OutboxEntry): Omit<SentryMessage, 'result' | 'kept'> {
  return { kind, about, id, run, at: keptAt, earlier: true };
}
