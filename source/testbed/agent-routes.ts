// What the testbed's agents ask a monitor for besides its stream, as swf-common-lib's BaseAgent, the
// workflow runner and the data agent do: numbers, and records that they keep there.
import {paths} from '../wire/paths.ts';
import {sendDetail, sendJson} from './answers.ts';
import {pythonText, type JsonObject} from './python-json.ts';
import {Records} from './records.ts';
import {receiveBody} from './request-body.ts';
import type {Exchange, Route, Tables} from './routes.ts';
import {labStamp, type Clock} from './stamps.ts';

/** Counted up under the key of the answer; run numbers from one that no simulated run has. */
const counters = [
  {path: 'api/state/next-agent-id/', key: 'agent_id', first: 1},
  {path: 'api/state/next-run-number/', key: 'run_number', first: 200_001},
  {path: 'api/state/next-workflow-execution-id/', key: 'sequence', first: 1},
] as const;

/** @param clock milliseconds since the epoch. */
export function agentRoutes({history}: Tables, clock: Clock): readonly Route[] {
  const {executions, stfFiles} = history;
  const runs = new Records('run_id');
  const definitions = new Records('id');
  return [
    ...counters.map(counting),
    // Agents send their log without the token, and nobody reads it here.
    {method: 'POST', path: 'api/logs/', answer: exchange => create(exchange, body => body)},
    creating(paths.subscribers, body => body),
    writing('POST', 'api/namespaces/ensure/', exchange =>
      create(exchange, body => ({status: 'success', created: true, ...body})),
    ),
    ...keeping('api/runs/', runs),
    ...keeping('api/workflow-definitions/', definitions),
    creating(paths.executions, body => {
      const {execution_id: id} = body;
      if (typeof id !== 'string' || id === '') return undefined;
      const record = {...newExecution, start_time: labStamp(clock()), ...body, execution_id: id};
      executions.put(record);
      return record;
    }),
    changing(paths.executions, (id, body) => {
      const known = executions.get(id);
      if (known) executions.put({...known, ...body, execution_id: id});
      return executions.get(id);
    }),
    creating(paths.stfFiles, body => {
      const {stf_filename: filename, run} = body;
      if (typeof filename !== 'string' || filename === '') return undefined;
      const {run_number: runNumber = null} = runs.get(pythonText(run ?? null)) ?? {};
      return stfFiles.create(filename, pythonText(runNumber), body, clock());
    }),
    changing(paths.stfFiles, (id, body) => stfFiles.change(id, body)),
  ];
}

const newExecution = {
  namespace: null,
  parameter_values: {},
  performance_metrics: null,
  status: 'pending',
  end_time: null,
  executed_by: '',
  workflow_definition: 1,
};

function counting({path, key, first}: (typeof counters)[number]): Route {
  let next = first;
  return writing('POST', path, ({response}) => {
    sendJson(response, 200, {status: 'success', [key]: next});
    next += 1;
  });
}

/** A table to read, to add to and to change. */
function keeping(path: string, records: Records): readonly Route[] {
  return [
    creating(path, body => records.create(body)),
    changing(path, (id, body) => records.change(id, body)),
    changing(path, (id, body) => records.change(id, body), 'PUT'),
    {
      method: 'GET',
      path,
      answer: ({response, url}) => sendJson(response, 200, records.list(url.searchParams)),
    },
  ];
}

function creating(path: string, make: Make): Route {
  return writing('POST', path, exchange => create(exchange, make));
}

type Make = (body: JsonObject) => JsonObject | undefined;

async function create({request, response}: Exchange, make: Make): Promise<void> {
  const body = await receiveBody(request, response);
  if (!body) return;
  const made = make(body);
  if (made) sendJson(response, 201, made);
  else sendDetail(response, 400, 'This record lacks its name.');
}

function changing(
  path: string,
  change: (id: string, body: JsonObject) => JsonObject | undefined,
  method: 'PATCH' | 'PUT' = 'PATCH',
): Route {
  return writing(method, `${path}:id/`, async ({request, response, id}) => {
    const body = await receiveBody(request, response);
    if (!body) return;
    const changed = change(id, body);
    if (changed) sendJson(response, 200, changed);
    else sendDetail(response, 404, 'Not found.');
  });
}

const writing = (
  method: Route['method'],
  path: string,
  answer: (exchange: Exchange) => void | Promise<void>,
): Route => ({method, path, refusal: 403, answer});
