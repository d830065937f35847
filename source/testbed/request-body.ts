// Reads the JSON object that a request brings.
import type {IncomingMessage} from 'node:http';
import type {JsonObject} from './python-json.ts';

export type Body =
  | {readonly kind: 'object'; readonly value: JsonObject}
  | {readonly kind: 'unreadable'}
  /** The client left before it had said everything. */
  | {readonly kind: 'gone'};

export async function readBody(request: IncomingMessage): Promise<Body> {
  const chunks: Buffer[] = [];
  const whole = await new Promise<boolean>(resolve => {
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => resolve(true));
    request.on('close', () => resolve(false));
  });
  return whole ? parse(Buffer.concat(chunks).toString('utf8')) : {kind: 'gone'};
}

function parse(text: string): Body {
  try {
    const value = JSON.parse(text) as unknown;
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? {kind: 'object', value: value as JsonObject} : {kind: 'unreadable'};
  } catch {
    return {kind: 'unreadable'}; // the answer, 400, says so
  }
}
