// A `swfmon serve` of one test, and how to talk to it.
import {expect} from 'vitest';
import {eventually} from '../eventually.ts';
import {runCommand, type Running} from './run-command.ts';

export interface Serving extends Running {
  readonly url: string;
  readonly token: string;
  /** For another command. */
  readonly account: Record<string, string>;
}

/** It listens and has said so; its place and token are those of the lines that it gives to paste. */
export async function serving(
  args: readonly string[] = [],
  env: Record<string, string> = {},
): Promise<Serving> {
  const command = runCommand(['serve', '--port', '0', ...args], env);
  await eventually(() => {
    expect(command.stdout).toContain('SWF_SSE_RECEIVER_NAME=');
    // The last that it says at its start, through another pipe.
    expect(command.stderr).toContain('the token is ');
  });
  const exported = (name: string) => new RegExp(`^export ${name}=(.*)$`, 'm').exec(command.stdout);
  const url = exported('SWF_MONITOR_PROD_URL')![1]!;
  const token = exported('SWF_API_TOKEN')?.[1] ?? env['SWF_API_TOKEN']!;
  const account = {
    SWF_MONITOR_PROD_URL: url,
    SWF_API_TOKEN: token,
    SWF_SSE_RECEIVER_NAME: 'watch-1',
  };
  return Object.assign(command, {url, token, account});
}

type Place = Pick<Serving, 'url' | 'token'>;

export const post = ({url, token}: Place, message: object): Promise<Response> =>
  fetch(`${url}/api/messages/`, {
    method: 'POST',
    headers: {authorization: `Token ${token}`},
    body: JSON.stringify(message),
  });

export const read = async ({url}: Place, path: string): Promise<unknown> =>
  (await fetch(`${url}/api/${path}`)).json();
