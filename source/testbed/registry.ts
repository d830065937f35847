// The monitor's table of agents: who registered, and who has been silent for too long.
import {BoundedMap} from './bounded-map.ts';
import type {Json, JsonObject} from './python-json.ts';
import {labStamp, type Clock} from './stamps.ts';

/** An agent silent for longer is marked EXITED by the server, in ms. */
const maxSilence = 180_000;

/** Agents that are kept; those that came first make room. */
const maxAgents = 1000;

/** Longest values the database takes; longer ones are a server error. */
const maxLength = {agent_type: 20, status: 10} as const;

export interface AgentRecord extends JsonObject {
  readonly id: number;
  readonly instance_name: string;
  readonly agent_type: string;
  readonly description: string;
  readonly status: string;
  readonly last_heartbeat: string;
  readonly pid: number | null;
  readonly hostname: string | null;
  readonly operational_state: string | null;
  readonly namespace: string | null;
}

export type Registration =
  | {readonly kind: 'created' | 'updated'; readonly record: AgentRecord}
  | {readonly kind: 'invalid'; readonly detail: JsonObject}
  | {readonly kind: 'crash'};

export class AgentRegistry {
  readonly #clock: Clock;
  readonly #records = new BoundedMap<string, {record: AgentRecord; heardAt: number}>(maxAgents);
  #count = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** All agents by `instance_name`, as the table shows them now. */
  get agents(): ReadonlyMap<string, AgentRecord> {
    this.#markSilent();
    return new Map([...this.#records.values()].map(({record}) => [record.instance_name, record]));
  }

  /** A heartbeat: what it leaves out is blanked, except the state of an agent that had one. */
  register(body: JsonObject): Registration {
    const name = text(body['instance_name']);
    const type = text(body['agent_type']);
    if (name === null || type === null) return {kind: 'invalid', detail: missing(body)};
    const status = text(body['status']) ?? 'UNKNOWN';
    if (type.length > maxLength.agent_type || status.length > maxLength.status) {
      return {kind: 'crash'};
    }
    this.#markSilent();
    const now = this.#clock();
    const known = this.#records.get(name)?.record;
    const record: AgentRecord = {
      id: known?.id ?? (this.#count += 1),
      instance_name: name,
      agent_type: type,
      description: text(body['description']) ?? '',
      status,
      last_heartbeat: labStamp(now),
      agent_url: body['agent_url'] ?? null,
      workflow_enabled: true,
      current_stf_count: 0,
      total_stf_processed: 0,
      last_stf_processed: null,
      pid: typeof body['pid'] === 'number' ? body['pid'] : null,
      hostname: text(body['hostname']),
      operational_state: text(body['operational_state']) ?? known?.operational_state ?? null,
      namespace: text(body['namespace']),
      metadata: body['metadata'] ?? null,
      created_at: known?.['created_at'] ?? labStamp(now),
      updated_at: labStamp(now),
    };
    this.#records.set(name, {record, heardAt: now});
    return {kind: known ? 'updated' : 'created', record};
  }

  #markSilent(): void {
    const oldest = this.#clock() - maxSilence;
    for (const entry of this.#records.values()) {
      if (entry.heardAt >= oldest) continue;
      entry.record = {...entry.record, status: 'EXITED', operational_state: 'EXITED'};
    }
  }
}

function missing(body: JsonObject): JsonObject {
  const absent = ['instance_name', 'agent_type'].filter(key => text(body[key]) === null);
  return Object.fromEntries(absent.map(key => [key, ['This field is required.']]));
}

function text(value: Json | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
