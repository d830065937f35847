// Registering as a receiver and staying registered: `POST systemagents/heartbeat/`. What a
// heartbeat leaves out is blanked on the server, so every field is sent every time; an agent
// silent for more than 3 minutes is marked EXITED there.
import {request, type RequestOptions} from './request.ts';
import {monitorUrl, paths} from './paths.ts';
import type {Fetch} from './transport.ts';

/** Who this receiver is in the monitor's agent registry. */
export interface ReceiverIdentity {
  readonly name: string;
  readonly description: string;
  readonly namespace: string | undefined;
  readonly hostname: string;
  readonly pid: number;
}

/** `status` and `operational_state` as the registry knows them, for what a receiver can be. */
export const registrationStates = {
  receiving: {status: 'OK', operational_state: 'PROCESSING'},
  disconnected: {status: 'WARNING', operational_state: 'READY'},
  exited: {status: 'EXITED', operational_state: 'EXITED'},
} as const;

export type RegistrationState = keyof typeof registrationStates;

/** @throws Error when the monitor does not take it; the message says why. */
export async function sendHeartbeat(
  fetch: Fetch,
  base: string,
  identity: ReceiverIdentity,
  state: RegistrationState,
  options: RequestOptions,
): Promise<void> {
  const body = {
    instance_name: identity.name,
    agent_type: 'sse_receiver',
    ...registrationStates[state],
    description: identity.description,
    namespace: identity.namespace ?? null,
    hostname: identity.hostname,
    pid: identity.pid,
    mq_connected: false,
  };
  await request(fetch, monitorUrl(base, paths.heartbeat), {
    method: 'POST',
    headers: {'content-type': 'application/json'},
    body: JSON.stringify(body),
    ...options,
  });
}
