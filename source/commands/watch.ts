// `swfmon`: the full screen. Wires receiver, model and screen together.
import {setImmediate as nextTurn} from 'node:timers/promises';
import {MonitorModel} from '../model/monitor-model.ts';
import {systemClock} from '../receiver/clock.ts';
import type {Receiver} from '../receiver/receiver.ts';
import {withTypes} from '../ui/store/filter-choice.ts';
import type {Settings} from '../settings/settings.ts';
import {holdScreen} from './hold-screen.ts';
import {openScreen, type OpenScreen} from './open-screen.ts';
import {recorded} from './recorded.ts';

/** Exit status: 0 on quit, 128 + n on a signal, 1 when the screen itself broke. */
export function watch(settings: Settings): Promise<number> {
  const model = new MonitorModel(settings.thresholds, {namespace: settings.namespace});
  /** The filter that the receiver begins with: keys can change it until then. */
  let filter = withTypes(settings.filter, settings.filter.types, true);
  let screen: OpenScreen;
  let receiver: Receiver | undefined;
  const recording = recorded(settings, event => {
    model.apply(event);
    screen.changed();
  });
  const open = (quit: () => void) =>
    (screen = openScreen(settings, model, {
      about: {
        monitorUrl: settings.monitorUrl,
        receiverName: settings.name,
        isRegistering: settings.register,
      },
      now: () => {
        // Before an age is computed: the clock may have been set, or the program stopped.
        systemClock.check();
        return systemClock.now();
      },
      emit: recording.emit,
      setFilter: next => {
        if (receiver) receiver.setFilter(next);
        else filter = next;
      },
      reconnect: () => receiver?.reconnect(),
      quit,
    }));
  return holdScreen(open, {
    start: async () => {
      // Once the first frame is on its way: what reads the stream takes a while to load.
      await nextTurn();
      const {openReceiver} = await import('./open-receiver.ts');
      receiver = await openReceiver(settings, filter, recording.emit);
      receiver.start();
    },
    stop: async reason => {
      await receiver?.stop(reason);
      await recording.close();
    },
  });
}
