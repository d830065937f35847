// After a refusal the next request goes out with what was read anew.
import {describe, expect, test} from 'vitest';
import {renewedFetch} from '../../source/http/renewed-fetch.ts';
import {ProxyError} from '../../source/wire/failure.ts';
import type {Fetch} from '../../source/wire/transport.ts';

const url = new URL('http://host');
const answering =
  (status: number): Fetch =>
  () =>
    Promise.resolve(new Response(null, {status}));
function failing(error: Error): Fetch {
  return async () => {
    throw error;
  };
}
const coded = (code: string) =>
  new TypeError('fetch failed', {cause: Object.assign(new Error(code), {code})});

/** Statuses of `requests` requests, one after the other, and how often it was read anew. */
async function statusesOf(first: Fetch, next: Fetch | undefined, requests: number) {
  let renewals = 0;
  const fetch = renewedFetch(first, () => {
    renewals += 1;
    return Promise.resolve(next);
  });
  const statuses = [];
  for (let count = 0; count < requests; count += 1) {
    statuses.push(
      await fetch(url).then(
        ({status}) => status,
        () => 'failed',
      ),
    );
  }
  return {statuses, renewals};
}

describe('is read anew', () => {
  test.each([401, 403, 407])('after %i', async status => {
    expect(await statusesOf(answering(status), answering(200), 3)).toEqual({
      statuses: [status, 200, 200],
      renewals: 1,
    });
  });

  test.each([
    coded('CERT_HAS_EXPIRED'),
    coded('SELF_SIGNED_CERT_IN_CHAIN'),
    coded('UNABLE_TO_VERIFY_LEAF_SIGNATURE'),
    coded('DEPTH_ZERO_SELF_SIGNED_CERT'),
    new TypeError('fetch failed', {cause: new ProxyError('proxy:1', 407)}),
  ])('after %o', async error => {
    const {statuses, renewals} = await statusesOf(failing(error), answering(200), 2);
    expect({statuses, renewals}).toEqual({statuses: ['failed', 200], renewals: 1});
  });

  test('again, as long as nothing has changed', async () => {
    expect((await statusesOf(answering(401), undefined, 4)).renewals).toBe(3);
  });

  test('once for requests that wait together', async () => {
    let renewals = 0;
    const fetch = renewedFetch(answering(401), async () => {
      renewals += 1;
      await new Promise(setImmediate);
      return answering(200);
    });
    await fetch(url);
    const answers = await Promise.all([fetch(url), fetch(url), fetch(url)]);
    expect(answers.map(({status}) => status)).toEqual([200, 200, 200]);
    expect(renewals).toBe(1);
  });
});

test.each([
  answering(200),
  answering(404),
  answering(500),
  failing(coded('ECONNREFUSED')),
  failing(new ProxyError('proxy:1', 502)),
])('is not after anything else', async first => {
  expect((await statusesOf(first, undefined, 3)).renewals).toBe(0);
});
