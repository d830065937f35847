// The one table of checks, in the order in which they are tried: what each needs, and what it does.
import {ok, skipped, type Finding} from './finding.ts';
import {
  checkClock,
  checkRegistration,
  checkRest,
  checkStatus,
  checkStream,
} from './monitor-checks.ts';
import {
  checkCaFile,
  checkName,
  checkProxy,
  checkSettings,
  checkToken,
  checkUrl,
} from './settings-checks.ts';
import {
  checkCharacters,
  checkClipboard,
  checkColours,
  checkTerminal,
  checkTmux,
} from './terminal-checks.ts';
import type {Visit} from './visit.ts';
import {checkDns, checkTcp, checkTls, checkTunnel} from './way-checks.ts';

interface Check {
  /** Names of checks that must not have failed, the first that did is told. */
  readonly needs: readonly string[];
  /** Undefined: there is nothing to check here. */
  readonly look: (visit: Visit) => Finding | undefined | Promise<Finding | undefined>;
}

const checkTable: Readonly<Record<string, Check>> = {
  program: {needs: [], look: ({machine}) => ok(machine.program)},
  settings: {needs: [], look: checkSettings},
  name: {needs: [], look: checkName},
  token: {needs: [], look: checkToken},
  URL: {needs: [], look: checkUrl},
  proxy: {needs: ['URL'], look: checkProxy},
  'CA file': {needs: [], look: checkCaFile},
  DNS: {needs: ['URL', 'proxy'], look: checkDns},
  TCP: {needs: ['URL', 'proxy', 'DNS'], look: checkTcp},
  tunnel: {needs: ['TCP', 'CA file'], look: checkTunnel},
  TLS: {needs: ['TCP', 'CA file', 'tunnel'], look: checkTls},
  stream: {needs: ['TLS', 'token'], look: checkStream},
  // After the stream, and beside it alone.
  status: {needs: [], look: checkStatus},
  REST: {needs: ['TLS'], look: checkRest},
  registration: {needs: ['TLS', 'name', 'token'], look: checkRegistration},
  clock: {needs: ['stream'], look: checkClock},
  terminal: {needs: [], look: checkTerminal},
  colours: {needs: [], look: checkColours},
  characters: {needs: [], look: checkCharacters},
  tmux: {needs: [], look: checkTmux},
  clipboard: {needs: [], look: checkClipboard},
};

/** The longest name, in characters. */
export const nameWidth = Math.max(...Object.keys(checkTable).map(name => name.length));

export interface NamedFinding extends Finding {
  readonly name: string;
}

/** Tells each finding as it is made; answers all. */
export async function examine(
  visit: Visit,
  tell: (finding: NamedFinding) => void,
): Promise<readonly NamedFinding[]> {
  const findings: NamedFinding[] = [];
  const isMissing = (need: string) =>
    findings.some(({name, state}) => name === need && (state === 'failed' || state === 'skipped'));
  try {
    for (const [name, {needs, look}] of Object.entries(checkTable)) {
      const need = needs.find(isMissing);
      const finding = need === undefined ? await look(visit) : skipped(`not tried without ${need}`);
      if (!finding) continue;
      findings.push({name, ...finding});
      tell({name, ...finding});
    }
  } finally {
    visit.end();
  }
  return findings;
}
