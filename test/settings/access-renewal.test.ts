// Which of token, certificates and proxy a running program takes from `~/.env`, and what it says.
import {expect, test} from 'vitest';
import {AccessRenewal} from '../../source/settings/access-renewal.ts';
import {loadSettings, type Inputs} from '../../source/settings/settings.ts';

const account = {SWF_API_TOKEN: 'old-token', SWF_SSE_RECEIVER_NAME: 'watch-1'};
const newToken = {...account, SWF_API_TOKEN: 'new-token'};
const changed = 'SWF_API_TOKEN has changed in ~/.env: the new one is used';

const renewalOf = (inputs: Inputs) => new AccessRenewal(inputs, loadSettings(inputs, false));

function expectNoToken(notes: readonly string[]): void {
  expect(notes.join()).not.toMatch(/(old|new|other)-token/);
}

test.each([
  ['only the file gives it', {envFile: account}],
  ['the shell has sourced the file', {envFile: account, environment: account}],
])('a new token is taken when %s', (_name, inputs) => {
  const {access, notes} = renewalOf(inputs).renew(newToken);
  expect(access.token.reveal()).toBe('new-token');
  expect(notes).toEqual([changed]);
});

test('and so is the one after it', () => {
  const renewal = renewalOf({envFile: account, environment: account});
  renewal.renew(newToken);
  const {access} = renewal.renew({...account, SWF_API_TOKEN: 'newest'});
  expect(access.token.reveal()).toBe('newest');
});

test('a token that the environment alone gave stays, and the difference is told', () => {
  const environment = {...account, SWF_API_TOKEN: 'other-token'};
  const renewal = renewalOf({envFile: account, environment});
  const {access, notes} = renewal.renew(newToken);
  expect(access.token.reveal()).toBe('other-token');
  expect(notes).toEqual([
    expect.stringMatching(/^SWF_API_TOKEN in ~\/\.env differs from the one in the environment/),
  ]);
  expectNoToken(notes);
});

test('nothing new is nothing to tell, and the same access', () => {
  const renewal = renewalOf({envFile: account, environment: account});
  const before = renewal.access;
  const {access, notes} = renewal.renew({...account});
  expect(access).toBe(before);
  expect(notes).toEqual([]);
});

test('another CA file and proxy are taken, the address of the monitor is not', () => {
  const envFile = {...account, REQUESTS_CA_BUNDLE: '/old.pem'};
  const now = {
    ...account,
    REQUESTS_CA_BUNDLE: '/new.pem',
    HTTPS_PROXY: 'http://proxy:1',
    SWF_MONITOR_PROD_URL: 'https://elsewhere.example',
  };
  const {access, notes} = renewalOf({envFile}).renew(now);
  expect(access).toMatchObject({
    caFile: '/new.pem',
    proxy: 'http://proxy:1',
    monitorUrl: 'https://pandaserver02.sdcc.bnl.gov/swf-monitor',
  });
  expect(notes).toHaveLength(2);
});

test('a flag stays above the file', () => {
  const inputs = {flags: {caFile: '/flag.pem'}, envFile: account};
  const {access, notes} = renewalOf(inputs).renew({...account, REQUESTS_CA_BUNDLE: '/new.pem'});
  expect(access.caFile).toBe('/flag.pem');
  expect(notes).toEqual([]);
});

test.each([
  ['gone', {}, /no longer set: the one before stays in use$/],
  ['wrong', {SWF_API_TOKEN: 'two words'}, /^SWF_API_TOKEN holds .*: the one before stays in use$/],
])('a token that is %s leaves the one before', (_name, envFile, note) => {
  const {access, notes} = renewalOf({envFile: account}).renew(envFile);
  expect(access.token.reveal()).toBe('old-token');
  expect(notes).toEqual([expect.stringMatching(note)]);
});
