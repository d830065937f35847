// The transport without a token, a CA file or a proxy, to any server of a test.
import {createTransport} from '../../source/http/transport.ts';
import type {Fetch} from '../../source/wire/transport.ts';

const nothing = {token: undefined, caFile: undefined, proxy: undefined, noProxy: undefined};

export const send: Fetch = async (url, asked) => {
  const transport = await createTransport({...nothing, origin: url.origin});
  return transport(url, asked);
};
