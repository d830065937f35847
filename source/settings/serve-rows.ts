// The rows of the table of settings for the monitor that this program is itself.
import {basePath, fixedPath, text, wholeNumberText, yesOrNo} from './checks.ts';
import {nothing, setting} from './setting.ts';

export const serveRows = {
  'serve.host': setting<string>({flag: 'host', check: text, fallback: () => '127.0.0.1'}),
  'serve.port': setting<number>({
    flag: 'port',
    check: wholeNumberText(0, 65_535),
    fallback: () => 8002,
  }),
  'serve.basePath': setting<string>({
    flag: 'basePath',
    check: basePath,
    fallback: () => '/swf-monitor',
    remedy: '--base-path /swf-monitor',
  }),
  'serve.tlsCert': file('tlsCert'),
  'serve.tlsKey': file('tlsKey'),
  'serve.plainHttp': setting<boolean>({
    flag: 'plainHttp',
    check: yesOrNo,
    fallback: () => false,
  }),
};

function file(flag: 'tlsCert' | 'tlsKey') {
  return setting<string | undefined>({
    flag,
    check: text,
    checkInFile: fixedPath,
    fallback: nothing,
  });
}
