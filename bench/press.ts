// One key pressed in a terminal, and how long the screen takes to show it: the key is Tab, the change
// is the mark at the focused pane's title.
import {monotonicNow} from './measure.ts';
import type {BenchTerminal} from './terminal.ts';

/** From the key to the changed screen, ms. */
export async function pressTab(terminal: BenchTerminal): Promise<number> {
  const before = focused(terminal.screen());
  const pressedAt = monotonicNow();
  terminal.press('\t');
  const changed = (screen: string) => ![before, undefined].includes(focused(screen));
  return (await terminal.sees('another pane focused', changed)) - pressedAt;
}

function focused(screen: string): string | undefined {
  return /▸ (Runs|Messages|Connection) ─/.exec(screen)?.[1];
}
