/** Error answers in the form that the API's clients know. */
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';

/** An error with its status; the detail is for the client. */
export class HttpProblem extends Error {
  override readonly name = 'HttpProblem';
  readonly statusCode: number;

  constructor(statusCode: number, detail: string) {
    super(detail);
    this.statusCode = statusCode;
  }
}

/** Answers every error with `{detail}`: a list for an invalid request (422), a sentence otherwise. */
export function answerProblems(app: FastifyInstance, logger: Logger): void {
  app.setErrorHandler<Error & { validation?: { instancePath: string; message?: string; keyword: string }[] }>(
    (problem, request, reply) => {
      if (problem.validation) {
        const part = 'validationContext' in problem ? String(problem.validationContext) : 'request';
        const where = part === 'querystring' ? 'query' : part;
        const detail = problem.validation.map(({ instancePath, message, keyword }) => ({
          type: keyword,
          loc: [where, ...instancePath.split('/').filter(Boolean)],
          msg: message ?? 'not understood',
        }));
        return reply.code(422).send({ detail });
      }
      const status = 'statusCode' in problem && typeof problem.statusCode === 'number' ? problem.statusCode : 500;
      if (status >= 500) logger.error({ detail: problem.message }, `Request failed: ${request.method} ${request.url}`);
      return reply.code(status).send({ detail: problem.message });
    },
  );
  app.setNotFoundHandler((_request, reply) => reply.code(404).send({ detail: 'Not Found' }));
}
