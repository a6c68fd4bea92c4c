/**
 * Takes secrets out of what Playwright itself wrote: traces, and its report with what is attached to it. A HAR comes without them
 * already; it is looked at once more.
 *
 * Playwright writes these files, so this comes after it, not before. What is only in the pixels of a screenshot is not
 * reached; where pages show secrets, `browser: { trace: false }` keeps traces from being taken.
 */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Redactor } from '../../lib/redact.ts';
import { readZip, writeZip } from './zip.ts';

/** Redacts the recordings in a run folder. A recording that cannot be read is taken away: nobody knows what is in it. */
export function redactRecordings(runFolder: string, redactor: Redactor): void {
  const reports = filesIn(runFolder).filter((path) => /\/playwright(?:-\d+)?$/.test(path));
  for (const report of reports) redactFile(join(report, 'index.html'), (page) => withinReport(page, redactor));
  const others = [join(runFolder, 'evidence'), ...reports.map((report) => join(report, 'data'))].flatMap(filesIn);
  for (const path of others) {
    if (path.endsWith('.zip')) redactFile(path, (archive) => withinZip(archive, redactor));
    else if (path.endsWith('.har')) redactFile(path, (content) => withinJsonLines(content, redactor));
    else if (/\.(?:md|txt|ndjson|html)$/.test(path)) redactFile(path, (content) => withinText(content, redactor));
  }
}

type Within = (content: Buffer) => Buffer;

function filesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
}

function redactFile(path: string, within: Within): void {
  if (!existsSync(path)) return;
  const before = readFileSync(path);
  try {
    const after = within(before);
    if (!after.equals(before)) writeFileSync(path, after);
  } catch {
    rmSync(path);
  }
}

/** Playwright's report holds its data as an archive within the page; the rest of the page is its own script. */
function withinReport(page: Buffer, redactor: Redactor): Buffer {
  const text = page
    .toString('utf8')
    .replace(
      /(data:application\/zip;base64,)([A-Za-z0-9+/=]+)/g,
      (_, prefix: string, archive: string) =>
        prefix + withinZip(Buffer.from(archive, 'base64'), redactor).toString('base64'),
    );
  return Buffer.from(text);
}

function withinZip(archive: Buffer, redactor: Redactor): Buffer {
  const before = readZip(archive);
  const after = before.map(({ name, content }) => ({ name, content: withinEntry(name, content, redactor) }));
  return after.every(({ content }, index) => content === before[index]?.content) ? archive : writeZip(after);
}

/** The same buffer where nothing is to be taken out. */
function withinEntry(name: string, content: Buffer, redactor: Redactor): Buffer {
  const redacted = /\.(?:trace|network|stacks|json)$/.test(name)
    ? withinJsonLines(content, redactor)
    : withinText(content, redactor);
  return redacted.equals(content) ? content : redacted;
}

function withinJsonLines(content: Buffer, redactor: Redactor): Buffer {
  const lines = content
    .toString('utf8')
    .split('\n')
    .map((line) => withinJson(line, redactor));
  return Buffer.from(lines.join('\n'));
}

/** Parsed, because a header's name and its value are two strings. */
function withinJson(line: string, redactor: Redactor): string {
  if (line.trim() === '') return line;
  try {
    return JSON.stringify(redactor.deep(JSON.parse(line) as unknown));
  } catch {
    return redactor.text(line);
  }
}

function withinText(content: Buffer, redactor: Redactor): Buffer {
  try {
    return Buffer.from(redactor.text(new TextDecoder('utf-8', { fatal: true }).decode(content)));
  } catch {
    return content; // an image, a font
  }
}
