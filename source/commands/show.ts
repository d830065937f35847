// A monitor on the full screen or in lines, as the settings want it.
import type {Settings} from '../settings/settings.ts';
import {tail} from './tail.ts';

export async function show(settings: Settings): Promise<number> {
  if (settings.output !== 'screen') return tail(settings);
  // Ink and React cost the start something: lines do without.
  const {watch} = await import('./watch.ts');
  return watch(settings);
}
