// An authority of one test file and certificates that it signed, made with `openssl`.
import {execFileSync, spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

/** Tests that need certificates are skipped without it. */
export const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

export interface Certificate {
  /** PEM. */
  readonly cert: string;
  readonly key: string;
}

export interface Authority {
  /** The file that trusts it. */
  readonly caFile: string;
  /**
   * @param names as in `subjectAltName`: `IP:127.0.0.1,DNS:localhost`.
   * @param days that it is good for; below 0: it has expired.
   */
  sign(names: string, days?: number): Certificate;
  remove(): void;
}

export function createAuthority(): Authority {
  const folder = mkdtempSync(join(tmpdir(), 'swfmon-'));
  const file = (name: string) => join(folder, name);
  const openssl = (command: string) =>
    execFileSync('openssl', command.split(' '), {stdio: 'pipe', cwd: folder});
  const newKey = 'req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes';
  openssl(`${newKey} -keyout authority.key -subj /CN=authority -x509 -days 2 -out authority.pem`);
  let signed = 0;
  return {
    caFile: file('authority.pem'),
    sign(names, days = 2) {
      signed += 1;
      const name = `server${signed}`;
      openssl(`${newKey} -keyout ${name}.key -subj /CN=${name} -out ${name}.csr`);
      writeFileSync(file(`${name}.ext`), `subjectAltName=${names}\n`);
      openssl(
        `x509 -req -in ${name}.csr -days ${days} -CA authority.pem -CAkey authority.key -CAcreateserial -extfile ${name}.ext -out ${name}.pem`,
      );
      return {
        cert: readFileSync(file(`${name}.pem`), 'utf8'),
        key: readFileSync(file(`${name}.key`), 'utf8'),
      };
    },
    remove: () => rmSync(folder, {recursive: true}),
  };
}
