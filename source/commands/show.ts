// A monitor on the full screen or in lines, as the settings want it.
import type {Settings, ViewSettings} from '../settings/settings.ts';
import {tail} from './tail.ts';

export async function show(settings: Settings): Promise<number> {
  if (settings.output !== 'screen') {
    explainLines(settings);
    return tail(settings);
  }
  // Ink and React cost the start something: lines do without.
  const {watch} = await import('./watch.ts');
  return watch(settings);
}

/** Says on stderr why there are lines where the screen was expected. */
export function explainLines({linesReason}: ViewSettings): void {
  if (linesReason === undefined) return;
  process.stderr.write(
    `swfmon: lines, not the screen: ${linesReason} (if it can show one: export TERM=xterm-256color)\n`,
  );
}
