// The keyboard, as Ink hears it: keys one by one, what is pasted as a whole, and the terminal handed
// to the shell and taken back. It draws nothing: frames are painted beside it, since one that goes
// through Ink costs as much as all rows of it, whatever has changed.
import {render, useApp, useInput, usePaste, type SuspendTerminal} from 'ink';
import {Writable} from 'node:stream';
import {useEffect, type ReactNode} from 'react';
import {keyNames} from './key-names.ts';
import {TerminalInput} from './terminal-input.ts';

export interface Keys {
  readonly press: (key: string) => void;
  readonly paste: (text: string) => void;
}

export interface Keyboard {
  /** Lets `meanwhile` have the keyboard as a shell expects it. */
  readonly suspend: (meanwhile: () => Promise<void>) => Promise<void>;
  /** Rejects when Ink broke; resolves when it ended. */
  readonly ended: Promise<unknown>;
  readonly close: () => void;
}

/** @param stdin a terminal: it is put into raw mode until the keyboard is closed. */
export function openKeyboard(stdin: NodeJS.ReadStream, keys: Keys): Keyboard {
  let suspendTerminal: SuspendTerminal | undefined;
  const onTerminal = (suspend: SuspendTerminal) => {
    suspendTerminal = suspend;
  };
  const nowhere = new Writable({write: (_text, _encoding, written) => written()});
  const instance = render(<Listener keys={keys} onTerminal={onTerminal} />, {
    stdin: new TerminalInput(stdin),
    stdout: nowhere as unknown as NodeJS.WriteStream,
    interactive: true,
    exitOnCtrlC: false,
    patchConsole: false,
  });
  return {
    suspend: async meanwhile => suspendTerminal?.(meanwhile),
    ended: instance.waitUntilExit(),
    close: () => instance.unmount(),
  };
}

export function Listener({
  keys,
  onTerminal,
}: {
  readonly keys: Keys;
  /** Told how the terminal can be given away for a while. */
  readonly onTerminal?: (suspend: SuspendTerminal) => void;
}): ReactNode {
  useInput((input, key) => {
    for (const name of keyNames(input, key)) keys.press(name);
  });
  usePaste(text => keys.paste(text));
  const {suspendTerminal} = useApp();
  useEffect(() => onTerminal?.(suspendTerminal), [onTerminal, suspendTerminal]);
  return null;
}
