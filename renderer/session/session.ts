/**
 * One window's work on one project: the connection, the stores, and the few ways to change things. Components and commands get this and
 * nothing else; edits go to the host, and a refusal becomes a notice.
 */
import { describeError, flattenError } from '../../app/base/errors.ts';
import { programmeLength } from '../../app/domain/edits/programme.ts';
import type { CommandInput, CommandName, CommandOutput } from '../../app/contract/editor/commands.ts';
import type { TimelineEdit } from '../../app/domain/project/edit.ts';
import type { RpcClient } from '../../app/rpc/rpc-client.ts';
import type { Desktop } from '../connection/desktop.ts';
import { Playback } from '../viewer/playback.ts';
import { followProject } from './follow-project.ts';
import { Notices } from './notices-store.ts';
import { createProjectStore, type ProjectStore } from './project-store.ts';
import { createSelectionStore, type SelectionStore } from './selection-store.ts';
import { createUiStore, type UiStore } from './ui-store.ts';
import type { TimelineControls } from './timeline-controls.ts';

export class Session {
  readonly client: RpcClient;
  /** Null in a browser. */
  readonly desktop: Desktop | null;
  readonly project: ProjectStore = createProjectStore();
  readonly selection: SelectionStore = createSelectionStore();
  readonly ui: UiStore;
  readonly notices = new Notices();
  readonly playback = new Playback();
  /** What the timeline's view can do; null while there is none. */
  timeline: TimelineControls | null = null;

  constructor(client: RpcClient, desktop: Desktop | null, storage: Pick<Storage, 'getItem' | 'setItem'>) {
    this.client = client;
    this.desktop = desktop;
    this.ui = createUiStore(storage);
    followProject(client, this.project, (error) => { this.fail(error); });
    client.on('notice', ({ level, text }) => { this.notices.show(level, text); });
    this.project.subscribe(({ state }, before) => {
      if (state === before.state) return;
      this.playback.setProgramme(programmeLength(state), state.sequence.rate);
      this.#dropVanished();
    });
  }

  /** The answer, or null where the host refused; the user has then been told why. */
  async run<Name extends CommandName>(command: Name, input: CommandInput<Name>): Promise<CommandOutput<Name> | null> {
    try {
      return await this.client.call(command, input);
    } catch (error) {
      this.fail(error);
      return null;
    }
  }

  /** True once the host has written it. */
  async edit(edit: TimelineEdit): Promise<boolean> {
    return this.change('project.edit', { edit });
  }

  /** Whatever goes into history: shown as being saved until the host has it. */
  async change<Name extends 'project.edit' | 'project.undo' | 'project.redo' | 'shots.set' | 'shots.remove' | 'relink.apply'>(command: Name, input: CommandInput<Name>): Promise<boolean> {
    this.project.setState(({ pendingEdits }) => ({ pendingEdits: pendingEdits + 1 }));
    const answer = await this.run(command, input);
    this.project.setState(({ pendingEdits }) => ({ pendingEdits: pendingEdits - 1 }));
    return answer !== null;
  }

  fail(error: unknown): void {
    const flat = flattenError(error);
    if (flat.code !== 'cancelled') this.notices.show('error', describeError(flat));
  }

  /** What is no longer in the project is no longer selected. */
  #dropVanished(): void {
    const { shots, clips, markers } = this.project.getState().state;
    const { shotIds, clipIds, markerId } = this.selection.getState();
    const kept = (ids: ReadonlySet<number>, rows: ReadonlyMap<number, unknown>): ReadonlySet<number> => (
      [...ids].every((id) => rows.has(id)) ? ids : new Set([...ids].filter((id) => rows.has(id)))
    );
    this.selection.setState({ shotIds: kept(shotIds, shots), clipIds: kept(clipIds, clips), markerId: markerId !== null && markers.has(markerId) ? markerId : null });
  }
}
