// The rows of the table of settings for the broker, and for what is sent to it. The variables and
// their defaults are those of the testbed's agents.
import {Secret} from '../wire/secret.ts';
import {destination, fixedPath, onOrOff, password, text, wholeNumberText} from './checks.ts';
import {nothing, setting} from './setting.ts';

export const brokerRows = {
  'broker.host': setting<string | undefined>({
    flag: 'brokerHost',
    variables: ['ACTIVEMQ_HOST'],
    check: text,
    fallback: nothing,
    describe: value => value ?? 'not set (send: localhost; serve: no broker)',
    remedy: 'export ACTIVEMQ_HOST=localhost',
  }),
  'broker.port': setting<number>({
    flag: 'brokerPort',
    variables: ['ACTIVEMQ_PORT'],
    check: wholeNumberText(1, 65_535),
    fallback: () => 61_612,
    remedy: 'export ACTIVEMQ_PORT=61612',
  }),
  'broker.user': setting<string>({
    flag: 'brokerUser',
    variables: ['ACTIVEMQ_USER'],
    check: text,
    fallback: () => 'admin',
  }),
  'broker.password': setting<Secret>({
    variables: ['ACTIVEMQ_PASSWORD'],
    inFile: 'never',
    check: password,
    fallback: () => new Secret('admin'),
    remedy: 'export ACTIVEMQ_PASSWORD=…   (or that line in ~/.env, which only you can read)',
    help: 'the password at the broker (admin)',
  }),
  'broker.tls': setting<boolean>({
    flag: 'brokerTls',
    variables: ['ACTIVEMQ_USE_SSL'],
    check: onOrOff,
    fallback: () => false,
    remedy: 'export ACTIVEMQ_USE_SSL=true',
  }),
  'broker.caFile': setting<string | undefined>({
    flag: 'brokerCaFile',
    variables: ['ACTIVEMQ_SSL_CA_CERTS'],
    check: text,
    checkInFile: fixedPath,
    fallback: nothing,
  }),
  'broker.topic': setting<string>({
    flag: 'topic',
    check: destination,
    fallback: () => '/topic/epictopic',
    remedy: '--topic /topic/epictopic',
  }),
  'send.oneshot': setting<boolean>({
    flag: 'oneshot',
    variables: ['SWF_SENDER_ONESHOT'],
    inFile: 'never',
    check: onOrOff,
    fallback: () => false,
    remedy: 'export SWF_SENDER_ONESHOT=1',
  }),
  'send.interval': setting<number>({
    flag: 'interval',
    variables: ['SWF_SENDER_BATCH_INTERVAL'],
    inFile: 'never',
    check: wholeNumberText(1, 86_400),
    fallback: () => 30,
    describe: seconds => `${seconds} s`,
    remedy: 'export SWF_SENDER_BATCH_INTERVAL=30',
  }),
  'send.wait': setting<number>({
    flag: 'wait',
    inFile: 'never',
    check: wholeNumberText(1, 3600),
    fallback: () => 30,
    describe: seconds => `${seconds} s`,
  }),
};
