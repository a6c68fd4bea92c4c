import { mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolders } from '../../../setup/temporary-folders.ts';
import { MOST_ENTRIES, openOutbox } from './outbox.ts';

const newFolder = temporaryFolders();
const entry = (number: number, destination = 'here') => ({
  kind: 'finding' as const,
  about: `finding ${number}`,
  id: `${number}`,
  run: null,
  destination,
  topic: null,
  keptAt: new Date(number).toISOString(),
  usableUntil: new Date(1e12).toISOString(),
  envelope: [{}, []] as [Record<string, unknown>, [unknown, unknown][]],
});
const at = (minutes: number) => () => new Date(minutes * 60_000);
const here = { destination: 'here' };

it('hands out each entry to one only, the oldest first, and takes it back', () => {
  const outbox = openOutbox(newFolder());
  outbox.keep(entry(2));
  outbox.keep(entry(1));
  outbox.keep(entry(3, 'elsewhere'));
  const first = [...outbox.claims(here, at(0))];
  expect(first.map((claim) => claim.entry?.id)).toEqual(['1', '2']);
  expect([...outbox.claims(here, at(1))]).toEqual([]);
  first[0]?.remove();
  first[1]?.release();
  expect([...outbox.claims(here, at(1))].map((claim) => claim.entry?.id)).toEqual(['2']);
  expect(outbox.waiting()).toBe(2);
});

it('loses nothing to a process that died with it, once it must have', () => {
  const outbox = openOutbox(newFolder());
  outbox.keep(entry(1));
  expect([...outbox.claims(here, at(0))]).toHaveLength(1);
  expect(outbox.waiting()).toBe(1);
  expect([...outbox.claims(here, at(4))]).toHaveLength(0);
  expect([...outbox.claims(here, at(6))].map((claim) => claim.entry?.id)).toEqual(['1']);
  expect([...outbox.claims(here, at(6))]).toHaveLength(0);
});

it('holds no more than is of use, and says what made room', () => {
  const outbox = openOutbox(newFolder());
  for (let number = 0; number < MOST_ENTRIES; number += 1) expect(outbox.keep(entry(number))).toEqual([]);
  expect(outbox.keep(entry(MOST_ENTRIES))).toMatchObject([{ id: '0' }]);
  expect(outbox.waiting()).toBe(MOST_ENTRIES);
});

it('puts aside what cannot be read, and leaves half-written files alone', () => {
  const reports = newFolder();
  const outbox = openOutbox(reports);
  mkdirSync(outbox.path, { recursive: true });
  writeFileSync(join(outbox.path, '1.json'), '{"schemaVersion":1,');
  writeFileSync(join(outbox.path, '.2.json-77'), '{');
  expect([...outbox.claims(here, at(0))]).toMatchObject([{ entry: null, name: '1.json' }]);
  expect([...outbox.claims(here, at(0))]).toEqual([]);
  expect(readdirSync(outbox.path)).toEqual(['.2.json-77', '1.json.unreadable']);
});

it('goes on where another has taken the next entry meanwhile', () => {
  const outbox = openOutbox(newFolder());
  for (const number of [1, 2, 3]) outbox.keep(entry(number));
  const claims = outbox.claims(here, at(0));
  claims.next();
  for (const name of readdirSync(outbox.path).filter((one) => one.endsWith('-2.json'))) {
    renameSync(join(outbox.path, name), join(outbox.path, `${name}.claimed-0-other`));
  }
  expect(claims.next().value?.entry?.id).toBe('3');
});

it('is empty where nothing was ever kept', () => {
  const outbox = openOutbox(join(newFolder(), 'not there'));
  expect(outbox.waiting()).toBe(0);
  expect([...outbox.claims(here, at(0))]).toEqual([]);
});
