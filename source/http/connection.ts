// How every connection is made, to the monitor, a proxy or a broker: which authorities are trusted,
// and how long each address of a host is tried.
import {readdirSync, readFileSync, statSync} from 'node:fs';
import type {Socket} from 'node:net';
import {join} from 'node:path';
import {TLSSocket} from 'node:tls';
import type {buildConnector} from 'undici';

/**
 * How long one address may take to accept a connection before the next is tried, ms. Node's own
 * 250 ms is shorter than the way to a far host and back.
 */
export const attemptTimeoutMs = 4000;

/** Certificates in a text, PEM. */
export const certificatesIn = (pem: string): readonly string[] => pem.match(certificate) ?? [];

const certificate =
  /-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----[^]*?-----END (?:X509 |TRUSTED )?CERTIFICATE-----/g;

/** How `openssl rehash` names certificates: the only files of a directory that OpenSSL reads. */
const hashedName = /^[0-9a-f]{8}\.\d+$/;
const usualName = /\.(?:pem|crt|cer)$/i;

/** Files of a directory that are read. */
const maxFiles = 2000;

/**
 * The certificates that a file holds, or the files of a directory: those with names as OpenSSL
 * wants them, and where there are none, every .pem, .crt and .cer.
 * @returns PEM.
 * @throws Error when `path` cannot be read, or holds no certificate.
 */
export function readAuthorities(path: string): string {
  const isDirectory = statSync(path).isDirectory();
  const text = isDirectory ? readDirectory(path) : readFileSync(path, 'latin1');
  // OpenSSL passes over what it cannot read, and then trusts nobody.
  if (certificatesIn(text).length > 0) return text;
  throw new Error(
    isDirectory
      ? 'the directory holds no certificate in PEM (named as openssl rehash does, or *.pem)'
      : 'the file holds no certificate in PEM',
  );
}

function readDirectory(path: string): string {
  const names = readdirSync(path).sort();
  const hashed = names.filter(name => hashedName.test(name));
  const chosen = hashed.length > 0 ? hashed : names.filter(name => usualName.test(name));
  const texts = chosen.slice(0, maxFiles).map(name => readCertificates(join(path, name)));
  return [...new Set(texts.flatMap(certificatesIn))].join('\n');
}

/** Empty for what is no file, or a link to nothing: OpenSSL passes over those. */
function readCertificates(file: string): string {
  const isFile = statSync(file, {throwIfNoEntry: false})?.isFile() === true;
  return isFile ? readFileSync(file, 'latin1') : '';
}

/**
 * `connect`, whose sockets keep no process alive until they are connected: a connection attempt
 * cannot be called off, and whoever waits for it has a time-out of its own.
 * @param isHeldThen whether a connected one does.
 */
export function withoutHold(
  connect: buildConnector.connector,
  isHeldThen: boolean,
): buildConnector.connector {
  return (options, done) => {
    // Undici's connectors return the socket, which their types do not say.
    const socket = connect(options, (...[error, connected]) => {
      if (connected) done(null, connected);
      else done(socket ? namedDemand(error, socket) : error, null);
    }) as unknown as Socket | undefined;
    if (!socket) return;
    socket.unref();
    // Each address gets a handle of its own.
    socket.on('connectionAttempt', () => socket.unref());
    if (!isHeldThen) return;
    // Before undici's own listener, which may let go of it again.
    const connected = options.protocol === 'https:' ? 'secureConnect' : 'connect';
    socket.prependOnceListener(connected, () => socket.ref());
  };
}

/**
 * `connect`, whose sockets end with what went wrong first. With TLS 1.3 a server that demands a client
 * certificate says so after the handshake, and undici would tell of the end behind that instead.
 */
export function keepingErrors(connect: buildConnector.connector): buildConnector.connector {
  return (options, done) =>
    connect(options, (...result) => {
      const [, socket] = result;
      socket?.on('error', error => socket.destroy(error));
      done(...result);
    });
}

/**
 * The error of a handshake by its true name: with TLS 1.2 a client certificate is demanded by the
 * same alert that says that nothing in common was found, but only behind the server's own certificate.
 */
export function namedDemand(error: Error, socket: Socket): Error {
  const {code = ''} = error as NodeJS.ErrnoException;
  const hasShownItself =
    socket instanceof TLSSocket && socket.getPeerCertificate()?.subject !== undefined;
  if (!hasShownItself || !code.endsWith('ALERT_HANDSHAKE_FAILURE')) return error;
  return Object.assign(new Error(error.message), {
    code: 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
  });
}
