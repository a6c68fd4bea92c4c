/** What the demo's Sentry stores: events grouped into issues, sessions, and counts of outcomes. */
import { randomUUID } from 'node:crypto';

/** The only project, as clients and readers name it. */
export const sentryProject = { organization: 'demo', slug: 'page', id: '1', key: 'demo' } as const;

/** The fields of an SDK's event that are read. */
export interface SentEvent {
  readonly event_id?: string;
  /** In seconds. */
  readonly timestamp?: number;
  readonly level?: string;
  readonly release?: string;
  readonly environment?: string;
  readonly message?: string;
  readonly fingerprint?: readonly string[];
  readonly tags?: { readonly [name: string]: string };
  readonly exception?: { readonly values?: readonly { readonly type?: string; readonly value?: string }[] };
}

/** A check-in of a cron monitor as SDKs send it. */
export interface SentCheckIn {
  readonly check_in_id?: string;
  readonly monitor_slug?: string;
  readonly status?: string;
  readonly environment?: string;
  /** In seconds. */
  readonly duration?: number;
  readonly monitor_config?: object;
}

/** A stored check-in, with every status it had. */
export interface StoredCheckIn extends SentCheckIn {
  readonly statuses: readonly string[];
}

/** A stored event. */
export interface StoredEvent {
  readonly id: string;
  readonly level: string;
  readonly release: string;
  readonly environment: string;
  readonly at: string;
}

/** Events of one kind. */
export interface StoredIssue {
  readonly id: string;
  readonly shortId: string;
  readonly title: string;
  readonly firstRelease: string;
  /** In the order they came. */
  readonly events: StoredEvent[];
}

/** A session update as SDKs send it. */
export interface SentSession {
  readonly sid?: string;
  readonly attrs?: { readonly release?: string; readonly environment?: string };
}

/** The stored events, check-ins and sessions. */
export interface SentryStore {
  readonly issues: readonly StoredIssue[];
  readonly sessions: ReadonlyMap<string, { readonly release: string; readonly environment: string }>;
  /** In the order in which they began. */
  readonly checkIns: readonly StoredCheckIn[];
  /** Number of events by outcome: `accepted`, `client_discard`. */
  readonly outcomes: ReadonlyMap<string, number>;
  readonly keepEvent: (event: SentEvent) => void;
  readonly keepCheckIn: (checkIn: SentCheckIn) => void;
  readonly keepSession: (session: SentSession) => void;
  readonly countOutcome: (outcome: string, quantity: number) => void;
}

/** An empty store. */
export function createSentryStore(now: () => Date): SentryStore {
  const issues = new Map<string, StoredIssue>();
  const sessions = new Map<string, { release: string; environment: string }>();
  const checkIns = new Map<string, StoredCheckIn>();
  const outcomes = new Map<string, number>();
  const countOutcome = (outcome: string, quantity: number): void => {
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + quantity);
  };
  return {
    get issues() {
      return [...issues.values()];
    },
    get checkIns() {
      return [...checkIns.values()];
    },
    sessions,
    outcomes,
    countOutcome,
    keepEvent(event) {
      const { release = '', environment = '', level = 'error', timestamp } = event;
      const title = titleOf(event);
      const key = event.fingerprint?.join('\n') ?? title;
      const number = issues.size + 1;
      const fresh = { id: `${number}`, shortId: `DEMO-${number}`, title, firstRelease: release, events: [] };
      const issue: StoredIssue = issues.get(key) ?? fresh;
      issues.set(key, issue);
      const id = event.event_id ?? randomUUID().replaceAll('-', '');
      if (issue.events.some((one) => one.id === id)) return; // sent twice
      const at = timestamp === undefined ? now() : new Date(timestamp * 1000);
      issue.events.push({ id, level, release, environment, at: at.toISOString() });
      countOutcome('accepted', 1);
    },
    keepCheckIn(checkIn) {
      const { check_in_id: id = randomUUID(), status = 'unknown' } = checkIn;
      const statuses = [...(checkIns.get(id)?.statuses ?? []), status];
      checkIns.set(id, { ...checkIns.get(id), ...checkIn, statuses });
    },
    keepSession({ sid, attrs }) {
      if (sid === undefined) return;
      sessions.set(sid, { release: attrs?.release ?? '', environment: attrs?.environment ?? '' });
    },
  };
}

function titleOf({ exception, message }: SentEvent): string {
  const thrown = exception?.values?.at(-1);
  if (thrown === undefined) return message ?? '<unlabeled event>';
  return [thrown.type, thrown.value].filter(Boolean).join(': ');
}
