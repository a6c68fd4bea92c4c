/** Reads log files as they are at one moment: rotated, gzipped, written to, rotated or truncated meanwhile. */
import { createReadStream } from 'node:fs';
import { type FileHandle, glob, open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { LineCounter } from './count-lines.ts';
import { type LogReading, type LogStream, type ReadOptions, wordsOf } from './log-reading.ts';

const CHUNK_BYTES = 1024 * 1024;
/** Rotation renames files between listing and opening them; it does not do so all the time. */
const MOST_LISTINGS = 5;

interface OpenFile {
  readonly path: string;
  readonly handle: FileHandle;
  /** Of the file, not of its name. */
  readonly identity: string;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
}

/** Reads all files that the paths or globs name, each once. Never throws: what could not be read is a problem. */
export async function readFiles(
  paths: readonly string[],
  { cwd, ...options }: ReadOptions & { readonly cwd: string },
): Promise<LogReading> {
  const problems: string[] = [];
  const files = await openAll(
    paths.map((path) => resolve(cwd, path)),
    problems,
  );
  const streams: LogStream[] = [];
  try {
    for (const file of files.toSorted((a, b) => a.modifiedMs - b.modifiedMs)) {
      const counter = options.counter();
      const problem = await readOne(file, counter, options);
      if (problem !== null) problems.push(`${file.path}: ${problem}`);
      streams.push({ name: file.path, counts: counter.end() });
    }
  } finally {
    await Promise.all(files.map(({ handle }) => handle.close()));
  }
  return { streams, problems };
}

/** An open file stays the same one, whatever its name becomes. So they are opened first, until the names hold still. */
async function openAll(paths: readonly string[], problems: string[]): Promise<OpenFile[]> {
  const files = new Map<string, OpenFile>();
  for (let listing = 1, before = ''; listing <= MOST_LISTINGS; listing += 1) {
    problems.length = 0;
    const names = await namesOf(paths, problems);
    const identities: string[] = [];
    for (const name of names) {
      const file = await openOne(name);
      if (typeof file === 'string') problems.push(`${name}: ${file}`);
      else {
        identities.push(file.identity);
        if (files.has(file.identity)) await file.handle.close();
        else files.set(file.identity, file);
      }
    }
    const now = identities.join(' ');
    if (now === before) break;
    before = now;
  }
  return [...files.values()];
}

async function namesOf(paths: readonly string[], problems: string[]): Promise<string[]> {
  const names = new Set<string>();
  for (const path of paths) {
    const found: string[] = [];
    for await (const name of glob(path)) found.push(name);
    if (found.length === 0) problems.push(`${path}: there is no such file`);
    for (const name of found) names.add(name);
  }
  // Where the plain file is still there, its compressed copy is not complete yet, or the same again.
  return [...names].filter((name) => !(name.endsWith('.gz') && names.has(name.slice(0, -3)))).sort();
}

async function openOne(path: string): Promise<OpenFile | string> {
  try {
    const handle = await open(path, 'r');
    const stat = await handle.stat();
    const { dev, ino, size, mtimeMs } = stat;
    if (stat.isFile()) return { path, handle, identity: `${dev}:${ino}`, sizeBytes: size, modifiedMs: mtimeMs };
    await handle.close();
    return 'is not a file';
  } catch (error) {
    return wordsOf(error);
  }
}

/** Null, or what was lost. */
async function readOne(file: OpenFile, counter: LineCounter, { signal }: ReadOptions): Promise<string | null> {
  try {
    if (await isGzip(file.handle)) return await readGzip(file, counter, signal);
    return await readPlain(file, counter, signal);
  } catch (error) {
    return `could not be read to its end: ${wordsOf(error)}`;
  }
}

async function isGzip(handle: FileHandle): Promise<boolean> {
  const { bytesRead, buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0);
  return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
}

/** Up to where it ended when it was opened: a busy log grows as fast as it is read. */
async function readPlain(file: OpenFile, counter: LineCounter, signal: AbortSignal): Promise<string | null> {
  const { handle, sizeBytes } = file;
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  let at = 0;
  while (at < sizeBytes) {
    signal.throwIfAborted();
    const { bytesRead } = await handle.read(buffer, 0, Math.min(CHUNK_BYTES, sizeBytes - at), at);
    if (bytesRead === 0) break;
    counter.feed(buffer.subarray(0, bytesRead));
    at += bytesRead;
  }
  if (at >= sizeBytes && (await handle.stat()).size >= sizeBytes) return null;
  return `was truncated while it was read, after ${at} of ${sizeBytes} bytes; lines may be lost`;
}

async function readGzip({ path, handle }: OpenFile, counter: LineCounter, signal: AbortSignal): Promise<null> {
  const packed = createReadStream(path, { fd: handle.fd, autoClose: false, start: 0, highWaterMark: CHUNK_BYTES });
  await pipeline(
    packed,
    createGunzip({ chunkSize: CHUNK_BYTES }),
    async (plain: AsyncIterable<Buffer>) => {
      for await (const chunk of plain) counter.feed(chunk);
    },
    { signal },
  );
  return null;
}
