// The program on the terminal: draws what the store holds, and hands it what is typed.
import {useApp, type SuspendTerminal} from 'ink';
import {useEffect, useSyncExternalStore, type ReactNode} from 'react';
import {useKeyboard} from '../hooks/use-keyboard.ts';
import type {ScreenStore} from '../store/screen-store.ts';
import {Screen} from './Screen.tsx';

export interface AppProps {
  readonly store: ScreenStore;
  /** Called once with what hands the terminal to another program for a while. */
  readonly onTerminal?: (suspend: SuspendTerminal) => void;
}

export function App({store, onTerminal}: AppProps): ReactNode {
  const state = useSyncExternalStore(store.subscribe, store.getState);
  const {suspendTerminal} = useApp();
  useKeyboard(store);
  useEffect(() => onTerminal?.(suspendTerminal), [onTerminal, suspendTerminal]);
  return <Screen state={state} />;
}
