/** What was on the screen in the visit that was traced, from just before a step to its paint. */
import { z } from 'zod';
import { formatValue } from '../../lib/format.ts';
import type { CollectedEvidence, Evidence } from '../../model/evidence.ts';
import { html, type Markup } from './markup.ts';

/** Base64 of JPEGs by their path in the run folder. */
export type Pictures = { readonly [path: string]: string };

interface Film {
  readonly sli: string;
  readonly group?: string | undefined;
  readonly valueMs: number;
  readonly frames: readonly { readonly ms: number; readonly path: string }[];
}

const filmsFact = z.array(
  z.object({
    sli: z.string(),
    group: z.string().optional(),
    valueMs: z.number(),
    frames: z.array(z.object({ ms: z.number(), path: z.string() })),
  }),
);

/** The film of a timed step, or why there is none; nothing of what is no step in a browser. */
export function filmOf(sli: string, evidence: readonly Evidence[], pictures: Pictures): Markup {
  const visited = evidence.find(
    (one): one is CollectedEvidence =>
      one.status === 'collected' &&
      one.probe.startsWith('browser') &&
      one.measurements.some((measurement) => measurement.sli === sli && measurement.kind === 'timings'),
  );
  if (visited === undefined) return null;
  const film = filmsFact.safeParse(visited.facts['films']).data?.find((one) => one.sli === sli);
  const why = film === undefined ? whyNone(visited) : 'they are not beside this report';
  return filmStrip(film, pictures) ?? html`<p class="quiet counts">${`No pictures of the screen: ${why}.`}</p>`;
}

function whyNone({ facts }: CollectedEvidence): string {
  const { films, noFilms } = facts;
  if (typeof noFilms === 'string') return noFilms;
  return films === undefined ? 'this run kept none' : 'none of this step were in the trace';
}

function filmStrip(film: Film | undefined, pictures: Pictures): Markup {
  if (film === undefined) return null;
  const { group, valueMs, frames } = film;
  const shown = frames.flatMap(({ ms, path }) => {
    const base64 = pictures[path] ?? '';
    return /^[A-Za-z0-9+/]+=*$/.test(base64) ? [{ ms, base64 }] : [];
  });
  if (shown.length === 0) return null;
  return html`<figure class="film">
    <ol>
      ${shown.map(
        ({ ms, base64 }) => html`<li>
          <div dangerouslySetInnerHTML=${{ __html: image(base64, whenText(ms)) }}></div>
          <span>${whenText(ms)}</span>
        </li>`,
      )}
    </ol>
    <figcaption>
      ${`On the screen in one more visit, which was traced and so is slower: ${group === undefined ? '' : `${group}, `}${formatValue(valueMs, 'ms')} there. Times count from before the act, with the way to it.`}
    </figcaption>
  </figure>`;
}

/** Written as it is, because text in a template is cut where it is longer than anybody reads. */
function image(base64: string, when: string): string {
  return `<img src="data:image/jpeg;base64,${base64}" alt="The screen ${when}" width="320" height="180" />`;
}

function whenText(ms: number): string {
  return ms <= 0 ? 'before' : `after ${formatValue(ms, 'ms')}`;
}
