import {homedir} from 'node:os';
import {expect, test} from 'vitest';
import {homeDirectory} from '../../source/settings/home.ts';

test.each([
  ['/home/me', '/home/me'],
  ['', undefined],
  ['.', undefined],
  ['home', undefined],
])('HOME=%s: %s', (HOME, home) => {
  expect(homeDirectory({HOME})).toBe(home);
});

test('without HOME it is the one of the account', () => {
  expect(homeDirectory({})).toBe(homedir());
});
