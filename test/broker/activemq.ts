// A real ActiveMQ of one test file: Debian's package, with a data directory and free ports of its
// own, ended by its id. Starting it takes a few seconds.
import {execFileSync, spawn, spawnSync} from 'node:child_process';
import {existsSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Certificate} from '../wire/certificates.ts';

const program = '/usr/share/activemq/bin/activemq.jar';

/** Why tests with a real broker are skipped; undefined where they run. */
export const activeMqMissing = existsSync(program)
  ? spawnSync('java', ['-version']).status === 0
    ? undefined
    : 'skipped: no java'
  : 'skipped: ActiveMQ is not installed (apt-get install activemq)';

if (activeMqMissing) process.stderr.write(`tests with a real broker are ${activeMqMissing}\n`);

export interface ActiveMq {
  /** Of the plain STOMP connector. */
  readonly port: number;
  /** Of the one inside TLS; undefined without a certificate. */
  readonly tlsPort: number | undefined;
  /** Ends it at once, as a crash would. */
  kill(): Promise<void>;
}

export const account = {user: 'admin', password: 'hunter2'} as const;

/** Longest that a JVM on a loaded machine may take, ms. */
export const startTimeout = 120_000;

/** @param port of the plain connector; 0: any. */
export async function startActiveMq({
  port = 0,
  certificate,
}: {readonly port?: number; readonly certificate?: Certificate} = {}): Promise<ActiveMq> {
  const folder = mkdtempSync(join(tmpdir(), 'activemq-'));
  writeFileSync(join(folder, 'activemq.xml'), configuration(folder, port, certificate));
  writeFileSync(join(folder, 'log4j.properties'), logging);
  const child = spawn(
    'java',
    [
      '-Xmx128m',
      `-Dlog4j.configuration=file:${folder}/log4j.properties`,
      '-Dactivemq.home=/usr/share/activemq',
      ...['base', 'conf', 'data'].map(name => `-Dactivemq.${name}=${folder}`),
      '-jar',
      program,
      'start',
      `xbean:file:${folder}/activemq.xml`,
    ],
    {stdio: ['ignore', 'pipe', 'inherit']},
  );
  const ended = new Promise<void>(resolve => child.on('close', () => resolve()));
  const kill = async () => {
    child.kill('SIGKILL');
    await ended;
    rmSync(folder, {recursive: true});
  };
  let said = '';
  const started = new Promise<void>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (/^Apache ActiveMQ .* started$/m.test(said)) resolve();
    });
    child.on('close', () => reject(new Error(`ActiveMQ did not start:\n${said}`)));
  });
  await started.catch(async (error: unknown) => {
    await kill();
    throw error;
  });
  const portOf = (scheme: string) =>
    Number(new RegExp(`Listening for connections at: ${scheme}://\\S+?:(\\d+)`).exec(said)?.[1]);
  return {port: portOf('stomp'), tlsPort: certificate && portOf(String.raw`stomp\+ssl`), kill};
}

function configuration(folder: string, port: number, certificate: Certificate | undefined): string {
  const {user, password} = account;
  return `<beans xmlns="http://www.springframework.org/schema/beans"
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
    xsi:schemaLocation="http://www.springframework.org/schema/beans http://www.springframework.org/schema/beans/spring-beans-2.0.xsd
      http://activemq.apache.org/schema/core http://activemq.apache.org/schema/core/activemq-core.xsd">
  <broker xmlns="http://activemq.apache.org/schema/core" brokerName="test" useJmx="false"
      persistent="false" dataDirectory="${folder}">
    <plugins>
      <simpleAuthenticationPlugin>
        <users>
          <authenticationUser username="${user}" password="${password}" groups="admins"/>
        </users>
      </simpleAuthenticationPlugin>
    </plugins>
    ${certificate ? sslContext(folder, certificate) : ''}
    <transportConnectors>
      <transportConnector name="stomp" uri="stomp://127.0.0.1:${port}"/>
      ${certificate ? '<transportConnector name="stomp+ssl" uri="stomp+ssl://127.0.0.1:0"/>' : ''}
    </transportConnectors>
  </broker>
</beans>`;
}

function sslContext(folder: string, {cert, key}: Certificate): string {
  writeFileSync(join(folder, 'broker.pem'), `${key}\n${cert}`);
  const command = 'pkcs12 -export -in broker.pem -out broker.p12 -passout pass:keystore';
  execFileSync('openssl', command.split(' '), {cwd: folder, stdio: 'pipe'});
  return `<sslContext>
      <sslContext keyStore="file:${folder}/broker.p12" keyStoreType="PKCS12" keyStorePassword="keystore"/>
    </sslContext>`;
}

const logging = `log4j.rootLogger=INFO, out
log4j.appender.out=org.apache.log4j.ConsoleAppender
log4j.appender.out.layout=org.apache.log4j.PatternLayout
log4j.appender.out.layout.ConversionPattern=%m%n
`;
