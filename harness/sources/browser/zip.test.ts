import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolders } from '../../../setup/temporary-folders.ts';
import { readZip, writeZip } from './zip.ts';

const newFolder = temporaryFolders();

const entries = [
  { name: 'a.trace', content: Buffer.from('{"a":1}\n') },
  { name: 'resources/ü.bin', content: Buffer.from([0, 255, 1, 254]) },
  { name: 'empty', content: Buffer.alloc(0) },
];

describe('zip archives', () => {
  it('are read as they were written', () => {
    expect(readZip(writeZip(entries))).toEqual(entries);
    expect(readZip(writeZip([]))).toEqual([]);
  });

  it('are what other programs take for zip archives', () => {
    const path = join(newFolder(), 'x.zip');
    writeFileSync(path, writeZip(entries));
    const script = 'import sys,zipfile; z=zipfile.ZipFile(sys.argv[1]); print(z.testzip(), *sorted(z.namelist()))';
    let said: string;
    try {
      said = execFileSync('python3', ['-c', script, path], { encoding: 'utf8' });
    } catch {
      return; // no Python on this machine
    }
    expect(said).toBe('None a.trace empty resources/ü.bin\n');
  });

  it('that are none are refused', () => {
    expect(() => readZip(Buffer.from('hello'))).toThrow('not a zip archive');
  });
});
