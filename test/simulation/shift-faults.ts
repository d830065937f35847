// What goes wrong on a simulated shift, as a table: how each fault begins, and how it is over.
import type {Receiver} from '../../source/receiver/receiver.ts';
import {everything} from '../../source/wire/filter.ts';
import type {SimulatedServer} from './simulated-server.ts';

interface Faulty {
  readonly server: SimulatedServer;
  readonly receiver: Receiver;
}

export interface Fault {
  readonly name: string;
  /** The operator does it: what the screen says is to be true all the while. */
  readonly isOperators?: true;
  readonly begin: (shift: Faulty) => void;
  readonly end: (shift: Faulty) => void;
}

const nothing = () => undefined;

const agentsAlone = {...everything, agents: ['data-agent']};

export const faults: readonly Fault[] = [
  {name: 'clean end', begin: ({server}) => server.endStreams('clean'), end: nothing},
  {name: 'broken stream', begin: ({server}) => server.endStreams('broken'), end: nothing},
  {
    name: 'down',
    begin: ({server}) => {
      server.isDown = true;
      server.endStreams('broken');
    },
    end: ({server}) => (server.isDown = false),
  },
  {
    name: 'half open',
    begin: ({server}) => (server.isSilent = true),
    end: ({server}) => (server.isSilent = false),
  },
  {
    name: 'deaf',
    begin: ({server}) => (server.isDeaf = true),
    end: ({server}) => (server.isDeaf = false),
  },
  {name: 'vanished message', begin: ({server}) => (server.loseNext = true), end: nothing},
  {
    name: 'REST down',
    begin: ({server}) => (server.isRestDown = true),
    end: ({server}) => (server.isRestDown = false),
  },
  {
    name: 'restart',
    begin: ({server}) => {
      server.isRestDown = true;
      server.endStreams('clean');
    },
    end: ({server}) => (server.isRestDown = false),
  },
  {
    name: 'agents filter',
    isOperators: true,
    begin: ({receiver}) => receiver.setFilter(agentsAlone),
    end: ({receiver}) => receiver.setFilter(everything),
  },
];
