import { createHash, timingSafeEqual } from 'node:crypto';
import type { RequestHandler } from 'express';
import { HttpProblem } from './problem.ts';

/** Whether two secrets are the same, in a time that does not tell where they differ. */
export function sameSecret(left: string, right: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}

/** Lets only `Authorization: Bearer <token>` pass. @throws HttpProblem 401 `wrong-token` */
export function requireBearer(token: string): RequestHandler {
  return (request, _response, next) => {
    const given = /^Bearer (.+)$/i.exec(request.get('authorization') ?? '')?.[1];
    if (given === undefined || !sameSecret(given, token)) {
      throw new HttpProblem(401, 'wrong-token', 'The token is missing or wrong.');
    }
    next();
  };
}
