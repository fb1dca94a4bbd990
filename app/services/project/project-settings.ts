/** Choices that are kept with the project but are no edits: how to export, what to watch, whether proxies are shown. */
import { z } from 'zod';
import { exportSettingsSchema, usualExport, type ExportSettings } from '../../contract/editor/export-settings.ts';
import type { ProjectSession } from './project-session.ts';

export type Settings = { readonly exportSettings: ExportSettings; readonly watched: readonly string[]; readonly usesProxies: boolean };

const schemas = { exportSettings: exportSettingsSchema, watched: z.array(z.string()).readonly(), usesProxies: z.boolean() };
const usual: Settings = { exportSettings: usualExport, watched: [], usesProxies: false };

export class ProjectSettings {
  readonly #session: ProjectSession;
  #settings: Settings;

  constructor(session: ProjectSession) {
    this.#session = session;
    const read = <Name extends keyof Settings>(name: Name): Settings[Name] => {
      const text = session.store.setting(name);
      const parsed = text === null ? null : schemas[name].safeParse(parseJson(text));
      return parsed?.success ? (parsed.data as Settings[Name]) : usual[name];
    };
    this.#settings = { exportSettings: read('exportSettings'), watched: read('watched'), usesProxies: read('usesProxies') };
  }

  get all(): Settings {
    return this.#settings;
  }

  set(part: Partial<Settings>): void {
    this.#settings = { ...this.#settings, ...part };
    if (this.#session.store.whyReadOnly === null) {
      for (const [name, value] of Object.entries(part)) this.#session.store.setSetting(name, JSON.stringify(value));
    }
    this.#session.log.publish('settings.changed', this.#settings);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // Somebody wrote into the file: the usual setting holds.
  }
}
