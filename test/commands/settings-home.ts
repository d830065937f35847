// A home of its own for a command: with a settings file, and with `~/.env`, if these are given.
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {onTestFinished} from 'vitest';

export interface SettingsHome {
  readonly HOME: string;
  readonly XDG_CONFIG_HOME: string;
}

/** The variables that point there. */
export function settingsHome(files: {
  readonly settings?: string;
  readonly envFile?: string;
}): SettingsHome & Record<string, string> {
  const home = mkdtempSync(join(tmpdir(), 'settings-'));
  onTestFinished(() => rmSync(home, {recursive: true}));
  const config = join(home, 'xdg');
  mkdirSync(join(config, 'swfmon'), {recursive: true});
  if (files.settings !== undefined) writeFileSync(settingsPath(config), files.settings);
  if (files.envFile !== undefined) writeFileSync(join(home, '.env'), files.envFile);
  return {HOME: home, XDG_CONFIG_HOME: config};
}

export const settingsPath = (config: string) => join(config, 'swfmon', 'config.json');
