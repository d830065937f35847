// Reads the JSON object that a request brings, or answers why it is not taken.
import type {IncomingMessage, ServerResponse} from 'node:http';
import {sendDetail} from './answers.ts';
import {asRecord, parsedJson} from '../wire/json-record.ts';
import type {JsonObject} from './python-json.ts';

/** Longest body that is read, in bytes. */
export const maxBody = 1024 * 1024;

/** Undefined when there is none: the answer has been given, or the client has left. */
export async function receiveBody(
  request: IncomingMessage,
  response: ServerResponse,
): Promise<JsonObject | undefined> {
  const text = await readText(request);
  if (text === 'gone') return undefined;
  if (text === 'too long') {
    sendDetail(response, 413, `Request body larger than ${maxBody} bytes.`);
    return undefined;
  }
  const value = parseObject(text.body);
  if (!value) sendDetail(response, 400, 'JSON parse error');
  return value;
}

/** The object in `text`; undefined when there is none. */
export function parseObject(text: string): JsonObject | undefined {
  return asRecord(parsedJson(text)) as JsonObject | undefined;
}

/** What is too long is read to its end all the same, so that the answer arrives. */
function readText(
  request: IncomingMessage,
): Promise<{readonly body: string} | 'too long' | 'gone'> {
  const chunks: Buffer[] = [];
  let size = 0;
  return new Promise(resolve => {
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBody) chunks.push(chunk);
    });
    request.on('end', () =>
      resolve(size > maxBody ? 'too long' : {body: Buffer.concat(chunks).toString('utf8')}),
    );
    request.on('close', () => resolve('gone'));
  });
}
