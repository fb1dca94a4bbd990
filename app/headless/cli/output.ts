/** How a command talks: JSON lines for programs, a bar on a terminal, plain lines elsewhere. */
import type { AssemblyPhase, AssemblyProgress } from '../../services/assembly/progress-meter.ts';

export type Output = {
  /** One object a line on standard output; nothing where people read. */
  event(event: Readonly<Record<string, unknown>>): void;
  /** A line for people; nothing where programs read. */
  line(text: string): void;
  warn(text: string): void;
  progress(progress: AssemblyProgress): void;
  /** Take the bar away. */
  finish(): void;
};

export function makeOutput(isJson: boolean): Output {
  if (isJson) return jsonOutput();
  return process.stderr.isTTY ? terminalOutput() : plainOutput();
}

function jsonOutput(): Output {
  const event = (value: Readonly<Record<string, unknown>>): void => {
    process.stdout.write(`${JSON.stringify(value)}\n`);
  };
  return {
    event,
    line: () => undefined,
    warn: (text) => { process.stderr.write(`warning: ${printable(text)}\n`); },
    progress: ({ phase, done, total, etaSeconds }) => { event({ event: 'progress', phase, done, total, etaSeconds }); },
    finish: () => undefined,
  };
}

const words: Readonly<Record<AssemblyPhase, string>> = {
  index: 'reading the shots', encode: 'encoding', sound: 'making the sound', write: 'writing', verify: 'verifying',
};

function terminalOutput(): Output {
  let isShown = false;
  const clear = (): void => {
    if (isShown) process.stderr.write('\r\u001b[K');
    isShown = false;
  };
  return {
    event: () => undefined,
    line: (text) => { clear(); process.stdout.write(`${text}\n`); },
    warn: (text) => { clear(); process.stderr.write(`warning: ${printable(text)}\n`); },
    progress: ({ phase, done, total, etaSeconds }) => {
      const width = Math.max(10, Math.min(40, (process.stderr.columns ?? 80) - 50));
      const filled = Math.round((width * done) / total);
      const bar = '█'.repeat(filled) + '░'.repeat(width - filled);
      const percent = String(Math.floor((100 * done) / total)).padStart(3);
      process.stderr.write(`\r\u001b[K${bar} ${percent}% ${words[phase]}${etaSeconds === null ? '' : `, ${formatSeconds(etaSeconds)} left`}`);
      isShown = true;
    },
    finish: clear,
  };
}

/** A line for each phase and each quarter of the whole. */
function plainOutput(): Output {
  let last = '';
  return {
    event: () => undefined,
    line: (text) => { process.stdout.write(`${text}\n`); },
    warn: (text) => { process.stderr.write(`warning: ${printable(text)}\n`); },
    progress: ({ phase, done, total }) => {
      const line = `${words[phase]}: ${Math.floor((4 * done) / total) * 25} %`;
      if (line === last) return;
      last = line;
      process.stderr.write(`${line}\n`);
    },
    finish: () => undefined,
  };
}

/** Names may hold line breaks and escape sequences; a terminal must not see them. */
export function printable(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what this is about
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, (character) => JSON.stringify(character).slice(1, -1));
}

export function formatSeconds(seconds: number): string {
  if (seconds < 60) return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
  const whole = Math.round(seconds);
  return whole < 3600 ? `${Math.floor(whole / 60)} min ${whole % 60} s` : `${Math.floor(whole / 3600)} h ${Math.floor(whole / 60) % 60} min`;
}

export function formatBytes(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  let unit = 0;
  let value = bytes;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 ? value : value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0)} ${units[unit]}`;
}
