/** What an API promised and no longer keeps. What is added breaks nobody. Pure. */
import type { ApiContract, Field, Operation, Shape } from '../../../model/api-contract.ts';

/** One operation or answer of the accepted contract, and what was taken from it: nothing, in most. */
export interface Held {
  readonly what: string;
  readonly broken: readonly string[];
  /** Parts of which this answer told nothing: entries of a list that is empty today. */
  readonly unseen: readonly string[];
}

export function heldPromises(accepted: ApiContract, now: ApiContract): Held[] {
  return [
    ...Object.entries(accepted.operations).map(([name, one]) => ({
      what: name,
      broken: inOperation(one, now.operations[name]),
      unseen: [],
    })),
    ...Object.entries(accepted.answers).map(([name, one]) => ({
      what: `the answer to ${name}`,
      broken: inAnswer(one, now.answers[name]),
      unseen: unseenIn(one, now.answers[name]),
    })),
  ];
}

function inOperation(before: Operation, now: Operation | undefined): string[] {
  if (now === undefined) return ['it is gone'];
  return [
    ...inParameters(before.parameters, now.parameters),
    ...inShape(before.body, now.body, brokenAsked).map((one) => `what is sent: ${one}`),
    ...Object.keys(now.body)
      .filter((path) => isNewDemand(path, before.body, now.body))
      .map((path) => `what is sent: ${path} must be given`),
    ...Object.entries(before.responses).flatMap(([status, shape]) => {
      const told = now.responses[status];
      // A refusal that no longer comes is missed by nobody.
      if (told === undefined) return /^[45]/.test(status) ? [] : [`answer ${status} is gone`];
      return inShape(shape, told, brokenAnswered).map((one) => `answer ${status}: ${one}`);
    }),
  ];
}

function inParameters(before: Operation['parameters'], now: Operation['parameters']): string[] {
  const kept = Object.entries(before).flatMap(([name, field]) => {
    const told = now[name];
    return (told === undefined ? ['is gone'] : brokenAsked(field, told)).map((why) => `${name} ${why}`);
  });
  const demanded = Object.entries(now).filter(([name, { required }]) => required && before[name] === undefined);
  return [...kept, ...demanded.map(([name]) => `${name} is new and must be given`)];
}

/** A part of what could be sent before, not of something new. */
function isNewDemand(path: string, before: Shape, now: Shape): boolean {
  const parent = parentOf(path);
  const isAsked = now[path]?.required === true && before[path] === undefined;
  return isAsked && (parent === null ? Object.keys(before).length === 0 : before[parent] !== undefined);
}

type Broken = (before: Field, now: Field) => string[];

/** Of what is gone, only the outermost. */
function inShape(before: Shape, now: Shape, brokenIn: Broken): string[] {
  return Object.entries(before).flatMap(([path, field]) => {
    const told = now[path];
    if (told !== undefined) return brokenIn(field, told).map((why) => `${path} ${why}`);
    const parent = parentOf(path);
    return parent === null || now[parent] !== undefined ? [`${path} is gone`] : [];
  });
}

/** What clients send must still be taken, and mean the same. */
function brokenAsked(before: Field, now: Field): string[] {
  const refused = before.types.filter((type) => now.types.length > 0 && !takes(now.types, type));
  const { values: taken } = now;
  const lost = taken === undefined ? [] : (before.values ?? []).filter((value) => !taken.includes(value));
  return [
    ...(now.required && !before.required ? ['must be given, and was optional'] : []),
    ...(refused.length > 0 ? [`no longer takes ${refused.join(' or ')}`] : []),
    ...(lost.length > 0 ? [`no longer takes ${lost.join(' or ')}`] : []),
    ...(taken !== undefined && before.values === undefined ? [`takes only ${taken.join(' or ')} now`] : []),
    ...defaultsOf(before, now),
  ];
}

function defaultsOf({ default: before }: Field, { default: now }: Field): string[] {
  return before === undefined || before === now ? [] : [`is ${now ?? 'nothing'} by default, and was ${before}`];
}

/** What clients are told must still be there, and be what they know. */
function brokenAnswered(before: Field, now: Field): string[] {
  const news = now.types.filter((type) => !takes(before.types, type));
  const isAnything = before.types.length > 0 && now.types.length === 0;
  return [
    ...(before.required && !now.required ? ['is no longer always there'] : []),
    ...(isAnything ? [`can be anything, and was ${before.types.join(' or ')}`] : []),
    ...(before.types.length > 0 && news.length > 0
      ? [`can be ${news.join(' or ')}, and was ${before.types.join(' or ')}`]
      : []),
  ];
}

function takes(types: readonly string[], type: string): boolean {
  return types.includes(type) || (type === 'integer' && types.includes('number'));
}

/** One answer shows less than a document: what is null today, or an empty list, tells nothing of its parts. */
function inAnswer(before: Shape, now: Shape | undefined): string[] {
  if (now === undefined) return ['it was not asked'];
  return Object.entries(before).flatMap(([path, field]) => {
    const seen = now[path];
    if (seen === undefined) return couldHave(path, now) && field.required ? [`${path} is gone`] : [];
    const [was, is] = [field.types, seen.types].map((types) => types.filter((type) => type !== 'null'));
    const isOther = was?.length !== 0 && is?.length !== 0 && !was?.some((type) => is?.includes(type));
    return [
      ...(field.required && !seen.required ? [`${path} is not always there`] : []),
      ...(isOther ? [`${path} is ${is?.join(' or ')}, and was ${was?.join(' or ')}`] : []),
    ];
  });
}

/** Of what was not seen, only the outermost. */
function unseenIn(before: Shape, now: Shape = {}): string[] {
  return Object.keys(before).filter((path) => {
    const parent = parentOf(path);
    return now[path] === undefined && parent !== null && now[parent] !== undefined && !couldHave(path, now);
  });
}

/** Whether the part is missing from something that is there: an entry of an empty list is missing from nothing. */
function couldHave(path: string, now: Shape): boolean {
  const parent = parentOf(path);
  if (parent === null || path.endsWith('[]')) return false;
  return now[parent]?.types.includes('object') === true;
}

/** `$.files[].status` → `$.files[]` → `$.files` → `$`. */
function parentOf(path: string): string | null {
  if (path === '$') return null;
  if (path.endsWith('[]') || path.endsWith('{}')) return path.slice(0, -2);
  return path.slice(0, path.lastIndexOf('.'));
}
