import { afterEach, expect, test, vi } from 'vitest';
import { StringoutError } from '../base/errors.ts';
import { noticeOf } from './testing/notice.ts';
import { EventLog } from './event-log.ts';
import { RpcClient, type ConnectionState } from './rpc-client.ts';
import { serveConnection, type Handlers } from './rpc-host.ts';
import { transportPair, type Transport } from './transport.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  closing.splice(0).forEach((close) => { close(); });
  vi.useRealTimers();
});

/** Only what a test calls is there; the contract is checked all the same. */
function host(handlers: Partial<Handlers>, log = new EventLog(), run = 'run-1'): { connect: () => Transport; ends: Transport[]; opened: string[]; released: number } {
  const state = { ends: [] as Transport[], opened: [] as string[], released: 0 };
  return Object.assign(state, {
    connect: () => {
      const [mine, theirs] = transportPair();
      state.ends.push(theirs);
      serveConnection(theirs, {
        open: (project) => {
          if (project === 'none') throw new StringoutError('input.missing', 'there is no such project');
          state.opened.push(project);
          return Promise.resolve({ run, handlers: handlers as Handlers, log, release: () => { state.released++; } });
        },
        report: (error) => { throw error; },
      });
      return mine;
    },
  });
}

function client(connect: () => Transport, project = 'film'): { rpc: RpcClient; states: ConnectionState[] } {
  const rpc = new RpcClient(connect, project);
  const states: ConnectionState[] = [];
  rpc.connection.on((state) => { states.push(state); });
  closing.push(() => { rpc.close(); });
  rpc.open();
  return { rpc, states };
}

test('a call is answered, and what fails comes back as the error that it was', async () => {
  const { rpc } = client(host({
    'shots.search': ({ text }) => ({ shotIds: [text.length] }),
    'project.undo': () => { throw new StringoutError('output.refused', 'the project is open elsewhere', { file: '/film' }); },
  }).connect);
  expect(await rpc.call('shots.search', { text: 'abc' })).toEqual({ shotIds: [3] });
  await expect(rpc.call('project.undo', {})).rejects.toMatchObject({ code: 'output.refused', message: 'the project is open elsewhere', place: { file: '/film' } });
});

test('input that does not fit the contract never reaches a handler', async () => {
  const search = vi.fn<Handlers['shots.search']>(() => ({ shotIds: [] }));
  const { rpc } = client(host({ 'shots.search': search }).connect);
  await expect(rpc.call('shots.search', { text: 5 } as never)).rejects.toMatchObject({ code: 'usage' });
  expect(search).not.toHaveBeenCalled();
});

test('cancelling a call trips the signal of its handler', async () => {
  const controller = new AbortController();
  const { rpc } = client(host({
    'cost.get': (_input, { signal }) => new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => { reject(signal.reason as Error); });
      controller.abort();
    }),
  }).connect);
  await expect(rpc.call('cost.get', {}, controller.signal)).rejects.toMatchObject({ code: 'cancelled' });
});

test('a connection that breaks comes back and misses no event', async () => {
  vi.useFakeTimers();
  const log = new EventLog();
  const served = host({}, log);
  const { rpc, states } = client(served.connect);
  const texts: string[] = [];
  rpc.on('notice', ({ text }) => { texts.push(text); });
  await vi.advanceTimersByTimeAsync(0);
  log.publish('notice', noticeOf('one'));
  await vi.advanceTimersByTimeAsync(0);
  served.ends[0]?.close();
  log.publish('notice', noticeOf('two'));
  await vi.advanceTimersByTimeAsync(10_000);
  log.publish('notice', noticeOf('three'));
  await vi.advanceTimersByTimeAsync(0);
  expect(texts).toEqual(['one', 'two', 'three']);
  expect(states.map((state) => (state.kind === 'connected' ? `connected ${state.isResumed}` : state.kind))).toEqual(['connected false', 'lost', 'connected true']);
  expect(served.released).toBe(1);
});

test('after a restart of the host the page is told to load anew', async () => {
  vi.useFakeTimers();
  let current = host({}, new EventLog(), 'run-1');
  const { states } = client(() => current.connect());
  await vi.advanceTimersByTimeAsync(0);
  const before = current;
  current = host({}, new EventLog(), 'run-2');
  before.ends[0]?.close();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(states.at(-1)).toEqual({ kind: 'connected', isResumed: false });
});

test('a project that cannot be opened is refused for good', async () => {
  vi.useFakeTimers();
  const { states } = client(host({}).connect, 'none');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(states).toEqual([{ kind: 'refused', error: expect.objectContaining({ code: 'input.missing' }) }]);
});

test('of events that come in floods the newest of each key arrives, ten times a second', async () => {
  vi.useFakeTimers();
  const log = new EventLog();
  const told: unknown[] = [];
  log.onEvent(({ payload }) => { told.push((payload as { progress: number }).progress); });
  const job = {
    id: 1, kind: 'export', label: '', state: 'running', phase: '', progress: 0, etaSeconds: null, throughput: '', output: null, problem: null, warnings: [], result: [], created: 0, ended: null,
  } as const;
  for (let i = 1; i <= 1000; i++) {
    log.publish('job.changed', { ...job, progress: i / 1000 }, '1');
    await vi.advanceTimersByTimeAsync(1);
  }
  await vi.advanceTimersByTimeAsync(200);
  expect(told.length).toBeLessThanOrEqual(12);
  expect(told.at(-1)).toBe(1);
  log.close();
});
