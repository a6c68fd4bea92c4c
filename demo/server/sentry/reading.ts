/** The routes of Sentry's REST API that the demo's Sentry answers. */
import type { FastifyInstance } from 'fastify';
import { type SentryStore, type StoredEvent, type StoredIssue, sentryProject } from './store.ts';

interface Asked {
  readonly query?: string;
  readonly environment?: string;
  readonly limit?: string;
  readonly cursor?: string;
}

type Build = Pick<StoredEvent, 'release' | 'environment'>;

/** Adds the routes; other organizations and projects are not found. */
export function addReadingRoutes(app: FastifyInstance, store: SentryStore): void {
  const { organization, slug, id } = sentryProject;
  const ofOrganization = `/api/0/organizations/${organization}`;
  app.get(`/api/0/projects/${organization}/${slug}/`, () => ({ id, slug, organization: { slug: organization } }));

  app.get<{ Querystring: Asked }>(`${ofOrganization}/issues/`, ({ query: asked, url, hostname }, reply) => {
    const found = store.issues.filter((issue) => isAskedFor(issue, asked)).toReversed();
    const limit = Number(asked.limit ?? 25);
    const from = Number(asked.cursor?.split(':')[1] ?? 0);
    const next = new URL(url, `http://${hostname}`);
    next.searchParams.set('cursor', `0:${from + limit}:0`);
    const results = found.length > from + limit;
    reply.header('Link', `<${next.href}>; rel="next"; results="${results}"; cursor="0:${from + limit}:0"`);
    return found.slice(from, from + limit).map((issue) => issueAnswer(issue, eventsAskedFor(issue, asked)));
  });

  app.get<{ Querystring: Asked }>(`${ofOrganization}/events/`, ({ query: asked }) => {
    const events = store.issues.flatMap((issue) => eventsAskedFor(issue, asked));
    const wanted = /level:\[([^\]]*)\]/.exec(asked.query ?? '')?.[1]?.split(',');
    const count = events.filter(({ level }) => wanted === undefined || wanted.includes(level)).length;
    return { data: [{ 'count()': count }], meta: { fields: { 'count()': 'integer' } } };
  });

  app.get<{ Querystring: Asked }>(`${ofOrganization}/sessions/`, ({ query: asked }) => {
    const count = [...store.sessions.values()].filter((session) => isOfBuild(session, asked)).length;
    // As Sentry does: no group at all where there is no session.
    return { groups: count === 0 ? [] : [{ by: {}, totals: { 'sum(session)': count } }] };
  });

  app.get<{ Params: { slug: string } }>(`${ofOrganization}/monitors/:slug/checkins/`, ({ params }) =>
    store.checkIns.filter((one) => one.monitor_slug === params.slug).toReversed(),
  );

  app.get(`${ofOrganization}/stats_v2/`, () => ({
    groups: [...store.outcomes].map(([outcome, quantity]) => ({
      by: { outcome },
      totals: { 'sum(quantity)': quantity },
    })),
  }));
}

function isAskedFor(issue: StoredIssue, asked: Asked): boolean {
  const firstRelease = /(!?)firstRelease:"([^"]*)"/.exec(asked.query ?? '');
  const isOfRelease = firstRelease === null || (issue.firstRelease === firstRelease[2]) === (firstRelease[1] === '');
  return isOfRelease && eventsAskedFor(issue, asked).length > 0;
}

function eventsAskedFor({ events }: StoredIssue, asked: Asked): readonly StoredEvent[] {
  return events.filter((event) => isOfBuild(event, asked));
}

function isOfBuild({ release, environment }: Build, asked: Asked): boolean {
  const wanted = /(?:^|\s)release:"([^"]*)"/.exec(asked.query ?? '')?.[1];
  return (
    (wanted === undefined || wanted === release) &&
    (asked.environment === undefined || asked.environment === environment)
  );
}

function issueAnswer({ id, shortId, title, events }: StoredIssue, askedFor: readonly StoredEvent[]) {
  const [first] = events;
  const last = events.at(-1);
  return {
    id,
    shortId,
    title,
    level: last?.level,
    status: 'unresolved',
    firstSeen: first?.at,
    lastSeen: last?.at,
    count: `${events.length}`,
    userCount: 0,
    filtered: { count: `${askedFor.length}` },
  };
}
