import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { machineOf } from '../judgement/evidence.fixture.ts';
import { calibrationCacheOf } from './calibrations.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rampgate-calibrations-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const calibrated = machineOf({});
const sameDay = new Date(`${calibrated.startedAt.slice(0, 10)}T23:59:59.999Z`);
const nextDay = new Date(sameDay.getTime() + 1);
const cacheFor = (...setup: readonly string[]) => calibrationCacheOf({ RAMPGATE_CACHE: folder }, setup);

describe('the cache of calibrations', () => {
  it('is empty at first', () => {
    expect(cacheFor('this machine').today(sameDay)).toBeNull();
  });

  it('gives back what it kept, to the letter, until the day is over', () => {
    cacheFor('this machine').save(calibrated);
    expect(cacheFor('this machine').today(sameDay)).toEqual(calibrated);
    expect(cacheFor('this machine').today(nextDay)).toBeNull();
  });

  it('knows another machine, or another browser, as another', () => {
    cacheFor('this machine', 'a browser').save(calibrated);
    expect(cacheFor('this machine', 'another browser').today(sameDay)).toBeNull();
    expect(cacheFor('this machinea', ' browser').today(sameDay)).toBeNull();
  });

  it('holds one calibration per set-up, the last one, and nothing beside it', () => {
    cacheFor('this machine').save(calibrated);
    cacheFor('this machine').save({ ...calibrated, finishedAt: sameDay.toISOString() });
    expect(cacheFor('this machine').today(sameDay)?.finishedAt).toBe(sameDay.toISOString());
    expect(readdirSync(folder)).toHaveLength(1);
  });

  it.each([
    ['cut short', '{"schemaVersion":1,"probe":"mach'],
    ['of another version', JSON.stringify({ ...calibrated, schemaVersion: 2 })],
  ])('takes a file that is %s for none', (_name, text) => {
    cacheFor('this machine').save(calibrated);
    const [file = ''] = readdirSync(folder);
    writeFileSync(join(folder, file), text);
    expect(cacheFor('this machine').today(sameDay)).toBeNull();
  });

  it('does without where it cannot be written to', () => {
    writeFileSync(join(folder, 'a-file'), '');
    const nowhere = calibrationCacheOf({ RAMPGATE_CACHE: join(folder, 'a-file', 'below') }, ['this machine']);
    nowhere.save(calibrated);
    expect(nowhere.today(sameDay)).toBeNull();
  });

  it('lies where caches lie, unless it is put elsewhere', () => {
    calibrationCacheOf({ XDG_CACHE_HOME: folder }, ['this machine']).save(calibrated);
    expect(readdirSync(join(folder, 'rampgate'))).toHaveLength(1);
  });
});
