/** Checks a run archive against its manifest: every file has its checksum, none is missing, none was added. */

import { createHash } from 'node:crypto';
import { list } from 'tar';
import { messageOf } from '../lib/message-of.ts';
import { type ArchiveManifest, manifestName, parseManifest, sha256Of } from './archive-manifest.ts';

export type ArchiveCheck =
  | { readonly status: 'intact'; readonly manifest: ArchiveManifest; readonly fingerprint: string }
  /** Each problem is a sentence. */
  | { readonly status: 'changed'; readonly problems: readonly string[] }
  | { readonly status: 'unreadable'; readonly why: string };

interface Packed {
  readonly path: string;
  readonly type: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** A manifest is held in memory; a larger one is no manifest of ours. */
const mostManifestBytes = 64 * 1024 * 1024;

/** Reads the archive once and writes nothing. Never throws because of its content. */
export async function checkArchive(file: string): Promise<ArchiveCheck> {
  const packed: Packed[] = [];
  const manifests: string[] = [];
  try {
    await list({
      file,
      strict: true,
      onReadEntry: (entry) => {
        const { type } = entry;
        const path = entry.path.replace(/^\.\//, '');
        const hash = createHash('sha256');
        const kept: Buffer[] = [];
        let bytes = 0;
        entry.on('data', (chunk: Buffer) => {
          hash.update(chunk);
          bytes += chunk.length;
          if (isManifest(path) && bytes <= mostManifestBytes) kept.push(chunk);
        });
        entry.on('end', () => {
          packed.push({ path, type, bytes, sha256: hash.digest('hex') });
          if (isManifest(path)) manifests.push(Buffer.concat(kept).toString('utf8'));
        });
      },
    });
  } catch (error) {
    return { status: 'unreadable', why: messageOf(error) };
  }
  const [text, ...others] = manifests;
  if (text === undefined) return { status: 'unreadable', why: `it holds no ${manifestName}` };
  const manifest = parseManifest(text);
  if (typeof manifest === 'string') return { status: 'changed', problems: [`${manifestName} is none: ${manifest}.`] };
  const problems = [
    ...(others.length === 0 ? [] : [`There is more than one ${manifestName}.`]),
    ...differences(manifest, packed),
  ];
  if (problems.length > 0) return { status: 'changed', problems };
  return { status: 'intact', manifest, fingerprint: `sha256:${sha256Of(text)}` };
}

function isManifest(path: string): boolean {
  return path.split('/').length === 2 && path.endsWith(`/${manifestName}`);
}

/** Folders are ignored: an archive that was unpacked and packed again by hand has entries for them. */
function differences({ run, files }: ArchiveManifest, packed: readonly Packed[]): readonly string[] {
  const entries = Map.groupBy(
    packed.filter(({ type }) => type !== 'Directory'),
    ({ path }) => path,
  );
  const expected = new Map(files.map((file) => [`${run}/${file.path}`, file]));
  const missing = [...expected.keys()].filter((path) => !entries.has(path)).map((path) => `${path} is missing.`);
  const found = [...entries].flatMap(([path, [entry, ...again]]) => {
    if (path === `${run}/${manifestName}`) return [];
    const file = expected.get(path);
    if (file === undefined) return [`${path} was added.`];
    if (again.length > 0) return [`${path} is there ${again.length + 1} times.`];
    if (entry?.type !== 'File' && entry?.type !== 'OldFile')
      return [`${path} is no file, but ${entry?.type ?? 'nothing'}.`];
    return entry.sha256 === file.sha256 && entry.bytes === file.bytes ? [] : [`${path} was changed.`];
  });
  return [...missing, ...found];
}
