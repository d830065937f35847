// A fetch that looks for new credentials and certificates by itself: once the monitor, the proxy or
// TLS has turned one request away, the next one goes out only after they were read again.
import {isAboutAccess} from '../wire/failure.ts';
import type {Fetch} from '../wire/transport.ts';

/** Statuses that another token can change. */
const refusals = new Set([401, 403, 407]);

/**
 * @param renew gives a fetch with what holds now; undefined when nothing has changed.
 */
export function renewedFetch(first: Fetch, renew: () => Promise<Fetch | undefined>): Fetch {
  let fetch = first;
  let isInDoubt = false;
  /** Requests that come meanwhile wait for it, too. */
  let renewing: Promise<void> | undefined;
  const readAgain = async () => {
    isInDoubt = false;
    try {
      fetch = (await renew()) ?? fetch;
    } finally {
      renewing = undefined;
    }
  };
  return async (url, request) => {
    if (isInDoubt) renewing ??= readAgain();
    await renewing;
    try {
      const response = await fetch(url, request);
      if (refusals.has(response.status)) isInDoubt = true;
      return response;
    } catch (error) {
      if (isAboutAccess(error)) isInDoubt = true;
      throw error;
    }
  };
}
