// The monitor's ways to answer a request that is not the stream.
import type {ServerResponse} from 'node:http';
import {pythonJson, type Json, type JsonObject} from './python-json.ts';

const commonHeaders = {
  server: 'uvicorn',
  'x-frame-options': 'DENY',
  vary: 'Accept, Cookie',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
};

const serverError = `
<!doctype html>
<html lang="en">
<head>
  <title>Server Error (500)</title>
</head>
<body>
  <h1>Server Error (500)</h1><p></p>
</body>
</html>
`;

/** A REST view's answer: compact JSON, UTF-8. */
export function sendJson(response: ServerResponse, status: number, body: Json): void {
  send(response, status, 'application/json', JSON.stringify(body));
}

/** A plain view's answer: JSON as Python writes it. */
export function sendPlainJson(response: ServerResponse, status: number, body: JsonObject): void {
  send(response, status, 'application/json', pythonJson(body));
}

export function sendDetail(response: ServerResponse, status: number, detail: string): void {
  sendJson(response, status, {detail});
}

export function sendServerError(response: ServerResponse): void {
  send(response, 500, 'text/html; charset=utf-8', serverError);
}

export function redirect(response: ServerResponse, location: string): void {
  response.writeHead(301, {...commonHeaders, location, 'content-length': 0}).end();
}

function send(response: ServerResponse, status: number, type: string, text: string): void {
  const length = Buffer.byteLength(text);
  response
    .writeHead(status, {...commonHeaders, 'content-type': type, 'content-length': length})
    .end(text);
}
