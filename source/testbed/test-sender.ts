// The messages of the testbed's test sender, with which one tries out whether messages arrive.
import type {JsonObject} from './python-json.ts';

const run = 'test-run-001';
const file = 'test_file_001.dat';

/** One batch, in order; `number` ends the sender's name, as the monitor numbers agents. */
export function testBatch(
  namespace: string | undefined,
  user: string,
  number: number,
): readonly [JsonObject, JsonObject, JsonObject] {
  const sender = `sse_sender-agent-${user}-${number}`;
  const message = (type: string, content: JsonObject): JsonObject => ({
    msg_type: type,
    processed_by: sender,
    run_id: run,
    ...content,
    sender,
    ...(namespace !== undefined && {namespace}),
  });
  return [
    message('sse_test', {
      message: 'Hello from SSE sender!',
      data: 'This is a test message for SSE demonstration',
    }),
    message('stf_ready', {filename: file, message: 'Simulated data ready event'}),
    message('processing_complete', {
      filename: file,
      message: 'Simulated processing complete event',
    }),
  ];
}
