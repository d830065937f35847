// The way of a copy from this program to the terminal: straight, or through tmux, GNU screen or both.
import {readFileSync} from 'node:fs';

/** The nearer one comes first. `unclear`: both are there, and nothing says which is nearer. */
export type ClipboardRoute =
  'direct' | 'tmux' | 'screen' | 'tmuxInScreen' | 'screenInTmux' | 'unclear';

/**
 * With tmux and GNU screen around a program, both of their variables are there, and its TERM can be `screen`
 * in either: then the nearest of its ancestors that is one of them says which is nearer. A shell on another
 * machine has neither variable, and `screen.xterm…` only in GNU screen.
 * @param ancestors names of the processes that this one was started by, the nearest first.
 */
export function routeOf(
  {TMUX, STY, TERM = ''}: Readonly<Record<string, string | undefined>>,
  ancestors: Iterable<string> = processAncestors(),
): ClipboardRoute {
  if (TMUX && STY) {
    if (TERM.startsWith('tmux')) return 'tmuxInScreen';
    if (TERM.startsWith('screen.')) return 'screenInTmux';
    for (const name of ancestors) {
      if (name.startsWith('tmux')) return 'tmuxInScreen';
      if (name.startsWith('screen')) return 'screenInTmux';
    }
    return 'unclear';
  }
  if (TMUX) return 'tmux';
  return STY || TERM.startsWith('screen.') ? 'screen' : 'direct';
}

/** From Linux's /proc (proc_pid_stat(5)); none elsewhere. */
function* processAncestors(): Generator<string> {
  for (let pid = process.ppid; pid > 1;) {
    const stat = statOf(pid);
    if (!stat) return;
    yield stat.name;
    pid = stat.parent;
  }
}

function statOf(pid: number): {readonly name: string; readonly parent: number} | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    // No /proc, or that process has ended meanwhile: its name is not to be known.
    return undefined;
  }
  const [, name, parent] = /\((.*)\) \S (\d+)/s.exec(stat) ?? [];
  return name === undefined ? undefined : {name, parent: Number(parent)};
}
