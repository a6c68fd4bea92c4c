/** Lines of generated documents, and edits to them, the same for the same seed. */
import { pick, type Random, seededRandom, wholeNumber } from './random.ts';

const subjects = ['The reviewer', 'Each service', 'A release', 'The on-call engineer', 'Every schema change'] as const;
const verbs = ['records', 'checks', 'announces', 'compares', 'keeps', 'describes', 'owns', 'retires'] as const;
const objects = ['the open questions', 'one dated decision', 'the smallest safe step', 'its rollback note'] as const;
const tails = ['before the window opens', 'in plain words', 'with a link to the run', 'once per week'] as const;
const keys = ['owner', 'stage', 'window', 'batch', 'retries', 'channel', 'lock', 'report'] as const;

/** The lines of a document; its kind follows from the end of its path. */
export function documentLines(path: string, lineCount: number): readonly string[] {
  const random = seededRandom(path);
  const title =
    path
      .replace(/\.\w+$/, '')
      .split('/')
      .at(-1) ?? path;
  const lines = Array.from({ length: lineCount - 2 }, (_, index) => line(path, random, index + 1));
  return path.endsWith('.md') ? [`# ${title}`, '', ...lines] : [`# ${title}`, ...lines, ''];
}

/** Long numbered entries, for a document whose diff is always large. */
export function historyEntries(count: number): readonly string[] {
  const random = seededRandom('history');
  return Array.from({ length: count }, (_, index) => {
    const number = String(index + 1).padStart(4, '0');
    return `- ${number} ${sentence(random)} ${sentence(random)}`;
  });
}

/** The same document after edits: `editCount` lines replaced, inserted or removed. */
export function editedLines(lines: readonly string[], seed: string, editCount: number): readonly string[] {
  const random = seededRandom(seed);
  const edited = [...lines];
  for (let edit = 0; edit < editCount; edit += 1) {
    const position = wholeNumber(random, 2, edited.length - 2);
    const replacement = `${line(seed, random, edit + 1)} (${seed.split('@').at(-1)}, note ${edit + 1})`;
    const act = pick(random, ['replace', 'replace', 'insert', 'remove'] as const);
    // The first edit never only removes, so that every edited document has a line of its own.
    if (act === 'remove' && edit > 0) edited.splice(position, 1);
    else edited.splice(position, act === 'insert' ? 0 : 1, replacement);
  }
  return edited;
}

function line(path: string, random: Random, index: number): string {
  if (path.includes('.yaml'))
    return `${pick(random, keys)}_${index}: ${pick(random, keys)}-${wholeNumber(random, 1, 99)}`;
  if (path.includes('.ts')) return `export const ${pick(random, keys)}${index} = ${wholeNumber(random, 10, 9999)};`;
  return index % 6 === 0 ? '' : sentence(random);
}

function sentence(random: Random): string {
  return `${pick(random, subjects)} ${pick(random, verbs)} ${pick(random, objects)} ${pick(random, tails)}.`;
}
