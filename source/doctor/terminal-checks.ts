// What the terminal shows, and where a copy gets to.
import {noScreen} from '../settings/settings.ts';
import {ok, warning, type Finding} from './finding.ts';
import type {Visit} from './visit.ts';

/** All panes at once need this much. */
const wanted = {columns: 80, rows: 24};

export function checkTerminal({machine: {terminal, environment}}: Visit): Finding {
  if (!terminal) return ok('none: swfmon prints lines');
  const {columns, rows} = terminal;
  const says = `${columns}x${rows}, TERM=${environment['TERM'] ?? ''}`;
  if (noScreen(environment) !== undefined) {
    return warning(`${says}: swfmon prints lines`, 'export TERM=xterm-256color');
  }
  if (columns >= wanted.columns && rows >= wanted.rows) return ok(says);
  return warning(
    `${says}: too small for all panes at once`,
    `make it ${wanted.columns}x${wanted.rows}`,
  );
}

export function checkColours(visit: Visit): Finding | undefined {
  const {terminal, environment} = visit.machine;
  if (!terminal) return undefined;
  const theme = visit.value('theme');
  if (theme === 'plain') return ok('none, as the settings file wants');
  if (theme === 'colour') return ok('16, as the settings file wants');
  if (environment['NO_COLOR']) return ok('none: NO_COLOR is set');
  if (environment['TERM'] === 'dumb' || terminal.colourDepth === 1) {
    return warning('none: TERM names a terminal without', 'export TERM=xterm-256color');
  }
  return ok(`16 of ${2 ** terminal.colourDepth}`);
}

export function checkCharacters(visit: Visit): Finding | undefined {
  if (!visit.machine.terminal) return undefined;
  const ascii = visit.setting('ascii');
  if (ascii.value === false) return ok('UTF-8');
  if (ascii.origin !== 'default') return ok(`ASCII, from ${ascii.origin} ${ascii.name}`);
  return warning('ASCII alone: the locale is not UTF-8', 'export LC_ALL=C.UTF-8');
}

/** tmux hands a copy on in these cases; elsewhere the terminal is asked directly. */
export async function checkTmux(visit: Visit): Promise<Finding | undefined> {
  const {environment} = visit.machine;
  if (!environment['TMUX']) return undefined;
  try {
    const [version, setClipboard, passthrough] = await Promise.all([
      visit.edges.tmux(['-V']),
      tmuxOption(visit, 'set-clipboard'),
      tmuxOption(visit, 'allow-passthrough'),
    ]);
    const says = `${version}, set-clipboard ${setClipboard}, allow-passthrough ${passthrough}`;
    // Before 3.3 there was no such option, and everything passed through.
    const passes = passthrough !== 'off';
    if (setClipboard === 'on' || passes) return ok(says);
    return warning(
      `${says}: what is copied stays here`,
      'tmux set -g set-clipboard on   (in ~/.tmux.conf: for good)',
    );
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return warning(`cannot be asked: ${reason}`, 'is tmux in the PATH?');
  }
}

/** `none` where tmux does not know it. */
async function tmuxOption(visit: Visit, name: string): Promise<string> {
  return (await visit.edges.tmux(['show-options', '-gqv', name])) || 'none';
}

/** Copies go to the terminal with OSC 52, which answers nothing. */
export function checkClipboard({machine}: Visit): Finding | undefined {
  const {terminal, environment, clipboardRoute} = machine;
  if (!terminal) return undefined;
  const term = environment['TERM'] ?? '';
  if (term === 'linux' || term === 'dumb') {
    return warning(`a terminal of kind ${term} has none`, 'w writes to a file instead of c');
  }
  if (clipboardRoute === 'unclear') {
    return warning(
      'tmux and GNU screen, which is nearer is unclear',
      'w writes to a file instead of c',
    );
  }
  return ok('asked with OSC 52; whether the terminal takes it, it does not tell');
}
