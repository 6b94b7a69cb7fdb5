import { Router, urlencoded } from 'express';
import type { Provider } from 'oidc-provider';
import { z } from 'zod';
import type { Books } from '../books/books.ts';
import { parse } from '../http/problem.ts';
import { errorPage, signInPage } from './pages.ts';
import { findPerson, listPeople } from './people.ts';

/** Where the provider sends whoever is not signed in. */
export const signInPath = '/sign-in';

const chosen = z.object({ personId: z.string().min(1).max(100) });

/** The page on which one says who one is; in this district everybody is believed. */
export function signInRoutes(books: Books, provider: Provider): Router {
  const router = Router();
  router.use((_request, response, next) => {
    response.set({
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'",
      'referrer-policy': 'no-referrer',
    });
    next();
  });
  router.get('/:uid', async (request, response) => {
    try {
      await provider.interactionDetails(request, response);
    } catch {
      response.status(400).type('html').send(errorPage('登录已过期，请返回重试。This sign-in has expired.'));
      return;
    }
    response.type('html').send(signInPage(await listPeople(books), request.params.uid));
  });
  router.post('/:uid', urlencoded({ extended: false }), async (request, response) => {
    const { personId } = parse(chosen, request.body);
    const known = await findPerson(books, personId);
    if (known === undefined) {
      response
        .status(404)
        .type('html')
        .send(errorPage(`没有此账号 No such account: ${personId}`));
      return;
    }
    await provider.interactionFinished(
      request,
      response,
      { login: { accountId: personId, remember: true } },
      { mergeWithLastSubmission: false },
    );
  });
  return router;
}
