/**
 * Keeps the project store in step with the host: loads the whole once, then applies every change in order. A change that does not follow the
 * last one, or a connection that lost events, loads the whole again.
 */
import { describeError, flattenError } from '../../app/base/errors.ts';
import type { RpcClient } from '../../app/rpc/rpc-client.ts';
import type { EventPayload } from '../../app/contract/editor/commands.ts';
import { applyChange } from '../../app/domain/project/project-change.ts';
import { stateOf, type ProjectStore } from './project-store.ts';

type Changed = EventPayload<'project.changed'>;

export function followProject(client: RpcClient, store: ProjectStore, onFailure: (error: unknown) => void): void {
  /** Changes that came while the whole was on its way; null: none is on its way. */
  let waiting: Changed[] | null = null;

  const apply = ({ revision, change, history }: Changed): void => {
    const { revision: known, state } = store.getState();
    if (revision <= known) return;
    if (revision > known + 1) load();
    else store.setState({ revision, history, state: applyChange(state, change) });
  };

  const load = (): void => {
    if (waiting) return;
    waiting = [];
    loadWhole(client, store).catch(onFailure).finally(() => {
      const late = waiting ?? [];
      waiting = null;
      for (const changed of late) apply(changed);
    });
  };

  client.connection.on((connection) => {
    switch (connection.kind) {
      case 'connected':
        store.setState({ isConnected: true });
        if (!connection.isResumed || store.getState().phase !== 'ready') load();
        return;
      case 'lost': store.setState({ isConnected: false }); return;
      case 'refused': store.setState({ isConnected: false, phase: 'refused', refusal: describeError(flattenError(connection.error)) }); return;
    }
  });
  client.on('project.changed', (changed) => {
    if (waiting) waiting.push(changed);
    else apply(changed);
  });
  client.on('cost.changed', (cost) => { store.setState({ cost }); });
  client.on('settings.changed', (settings) => { store.setState(settings); });
  client.on('job.changed', (job) => { store.setState(({ jobs }) => ({ jobs: new Map(jobs).set(job.id, job) })); });
  client.on('job.forgotten', ({ jobId }) => {
    store.setState(({ jobs }) => ({ jobs: new Map([...jobs].filter(([id]) => id !== jobId)) }));
  });
}

async function loadWhole(client: RpcClient, store: ProjectStore): Promise<void> {
  const [host, snapshot] = await Promise.all([client.call('host.info', {}), client.call('project.load', {})]);
  store.setState({
    phase: 'ready', host, path: snapshot.path, name: snapshot.name, revision: snapshot.revision, history: snapshot.history, readOnly: snapshot.readOnly,
    state: stateOf(snapshot), jobs: new Map(snapshot.jobs.map((job) => [job.id, job])), exportSettings: snapshot.exportSettings, watched: snapshot.watched,
    usesProxies: snapshot.usesProxies,
  });
  store.setState({ cost: await client.call('cost.get', {}) });
}
