/** What HAR 1.2 demands, so that other programs can open a recording: http://www.softwareishard.com/blog/har-12-spec */
import { z } from 'zod';

/** Milliseconds or bytes; -1 where it is not known. */
const known = z.number().min(-1);
const pair = z.object({ name: z.string(), value: z.string() });
const message = {
  httpVersion: z.string(),
  cookies: z.array(pair),
  headers: z.array(pair),
  headersSize: known,
  bodySize: known,
};

const entry = z.object({
  startedDateTime: z.iso.datetime(),
  time: known,
  request: z.object({
    method: z.string().min(1),
    url: z.url(),
    queryString: z.array(pair),
    postData: z.object({ mimeType: z.string(), text: z.literal(''), params: z.tuple([]) }).optional(),
    ...message,
  }),
  response: z.object({
    status: known,
    statusText: z.string(),
    redirectURL: z.string(),
    content: z.object({ size: known, mimeType: z.string(), text: z.never().optional() }),
    ...message,
  }),
  cache: z.object({}),
  timings: z
    .object({ dns: known, connect: known, ssl: known })
    .partial()
    .extend({ send: known, wait: known, receive: known }),
});

/** The HAR files of a run, which hold no bodies. */
export const harSchema = z.object({
  log: z.object({
    version: z.literal('1.2'),
    creator: z.object({ name: z.string(), version: z.string() }),
    pages: z
      .array(
        z.object({ startedDateTime: z.iso.datetime(), id: z.string(), title: z.string(), pageTimings: z.object({}) }),
      )
      .min(1),
    entries: z.array(entry).min(1),
    comment: z.string(),
  }),
});
