// One chunk of an HTTP body (RFC 9112, 7.1).

const lineEnd = Buffer.from('\r\n');

export function chunkOf(body: string | Uint8Array): Buffer {
  const bytes = Buffer.from(body);
  return Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, lineEnd]);
}
