/**
 * One open project: its state in memory, every change written before it is told, the same events for all who watch. Several
 * windows may work on one session; edits are applied in the order in which they arrive.
 */
import { StringoutError } from '../../base/errors.ts';
import { Emitter } from '../../base/emitter.ts';
import type { History } from '../../contract/editor/commands.ts';
import { applyChange, isEmptyChange, type ProjectChange } from '../../domain/project/project-change.ts';
import type { ProjectState } from '../../domain/project/project.ts';
import type { EventLog } from '../../rpc/event-log.ts';
import type { ProjectStore, Step } from './ports.ts';

export class ProjectSession {
  readonly store: ProjectStore;
  readonly log: EventLog;
  /** After every change of the state, whoever made it. */
  readonly changed = new Emitter<ProjectChange>();
  #state: ProjectState;
  #revision = 1;

  constructor(store: ProjectStore, log: EventLog) {
    this.store = store;
    this.log = log;
    this.#state = store.load();
  }

  get state(): ProjectState {
    return this.#state;
  }

  get revision(): number {
    return this.#revision;
  }

  get history(): History {
    return this.store.history();
  }

  /** An edit of the user's: undo takes it back. `label` says what it does, as in "Undo trim". Throws where nothing can be written. */
  commit(label: string, change: ProjectChange): void {
    this.#mustBeWritable();
    if (isEmptyChange(change)) return;
    this.store.commit(label, change);
    this.#apply(change);
  }

  /** What was found out, outside history. A read-only project learns it for this run alone. */
  note(change: ProjectChange): void {
    if (isEmptyChange(change)) return;
    const done = this.store.whyReadOnly === null ? this.store.note(change) : change;
    if (!isEmptyChange(done)) this.#apply(done);
  }

  undo(): void {
    this.#mustBeWritable();
    this.#take(this.store.undo());
  }

  redo(): void {
    this.#mustBeWritable();
    this.#take(this.store.redo());
  }

  #take(step: Step | null): void {
    if (step) this.#apply(step.change);
  }

  #apply(change: ProjectChange): void {
    this.#state = applyChange(this.#state, change);
    this.#revision++;
    this.log.publish('project.changed', { revision: this.#revision, change, history: this.history });
    this.changed.emit(change);
  }

  #mustBeWritable(): void {
    const why = this.store.whyReadOnly;
    if (why !== null) throw new StringoutError('output.refused', why, { file: this.store.path });
  }
}
