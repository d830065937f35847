// A token that cannot be printed by accident.
import {format, inspect} from 'node:util';
import {expect, test} from 'vitest';
import {Secret} from '../../source/wire/secret.ts';

const secret = new Secret('s3cret-value');
/** As careless code takes it. */
const anything: unknown = secret;
const holder = {token: secret, list: [secret], map: new Map([['token', secret]])};

test.each<[string, () => string]>([
  ['String', () => String(secret)],
  ['a template', () => `the token is ${anything as string}`],
  ['concatenation', () => 'token: '.concat(anything as string)],
  ['JSON', () => JSON.stringify(holder)],
  ['inspect', () => inspect(holder, {depth: 9, showHidden: true})],
  ['format', () => format('%s %j %o %O %d', secret, secret, secret, secret, secret)],
  ['an error', () => inspect(new Error('x', {cause: holder}))],
])('%s tells that there is one, and not which', (_, print) => {
  expect(print()).toContain('[redacted]');
  expect(print()).not.toContain('s3cret');
});

test.each<[string, () => string]>([
  ['inspect without the class’s own word', () => inspect(secret, {customInspect: false})],
  ['keys', () => Reflect.ownKeys(secret).map(String).join(',')],
  ['a copy', () => JSON.stringify({...(anything as object)})],
  ['a structured clone', () => inspect(structuredClone(secret))],
  ['entries', () => JSON.stringify(Object.entries(Object.getOwnPropertyDescriptors(secret)))],
])('%s: nothing of it', (_, print) => {
  expect(print()).not.toContain('s3cret');
});

test('who asks for it gets it', () => {
  expect(secret.reveal()).toBe('s3cret-value');
});
