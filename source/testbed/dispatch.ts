// Finds the answer to a request: base path, route, token; and the refusals when there is none.
import type {IncomingMessage, ServerResponse} from 'node:http';
import {unescape} from 'node:querystring';
import {redirect, sendDetail, sendPlainJson} from './answers.ts';
import type {Route} from './routes.ts';

const noCredentials = 'Authentication credentials were not provided.';

export interface Dispatcher {
  readonly routes: readonly Route[];
  /** Begins with a slash and ends without one; may be empty. */
  readonly basePath: string;
  /** Whether an `Authorization` header lets its sender in. */
  readonly admits: (authorization: string | undefined) => boolean;
}

export async function dispatch(
  {routes, basePath, admits}: Dispatcher,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = requestUrl(request);
  if (!url) {
    sendDetail(response, 400, 'Bad request.');
    return;
  }
  const path = below(basePath, url.pathname);
  const found = matching(routes, path);
  if (found.length === 0) {
    if (matching(routes, `${path}/`).length > 0)
      redirect(response, `${url.pathname}/${url.search}`);
    else sendDetail(response, 404, 'Not found.');
    return;
  }
  const match = found.find(({route}) => route.method === request.method);
  if (!match) {
    sendDetail(response, 405, `Method "${request.method}" not allowed.`);
    return;
  }
  const {route, id} = match;
  if (route.refusal !== undefined && !admits(request.headers.authorization)) {
    // The stream is a plain view, all others are REST views.
    if (route.refusal === 401) sendPlainJson(response, 401, {detail: noCredentials});
    else sendDetail(response, route.refusal, noCredentials);
    return;
  }
  await route.answer({request, response, url, id});
}

/** The URL that the client asked for, as far as the request says; undefined when it makes none. */
export function requestUrl(request: IncomingMessage): URL | undefined {
  const scheme = 'encrypted' in request.socket ? 'https' : 'http';
  const url = `${scheme}://${request.headers.host ?? '127.0.0.1'}${request.url ?? '/'}`;
  return URL.parse(url) ?? undefined;
}

function below(basePath: string, path: string): string | undefined {
  return path.startsWith(`${basePath}/`) ? path.slice(basePath.length + 1) : undefined;
}

function matching(routes: readonly Route[], path: string | undefined) {
  if (path === undefined) return [];
  const segments = path.split('/');
  return routes.flatMap(route => {
    const wanted = route.path.split('/');
    const same =
      wanted.length === segments.length &&
      wanted.every(
        (part, index) => part === segments[index] || (part === ':id' && segments[index]),
      );
    return same ? [{route, id: unescape(segments[wanted.indexOf(':id')] ?? '')}] : [];
  });
}
