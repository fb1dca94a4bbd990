/** A project of many clips from little footage, in a served editor: what the interface is measured with. */
import { join } from 'node:path';
import { Place } from '../../e2e/fixtures/command.ts';
import { EditorPage } from '../../e2e/fixtures/editor-page.ts';
import { jobOf, ServedEditor } from '../../e2e/fixtures/served-editor.ts';
import { makeShot } from '../../e2e/fixtures/shots.ts';
import type { RpcClient } from '../../app/rpc/rpc-client.ts';

export class LongProject implements AsyncDisposable {
  readonly place = new Place();
  readonly editor: ServedEditor;
  readonly client: RpcClient;

  private constructor(place: Place, editor: ServedEditor, client: RpcClient) {
    this.place = place;
    this.editor = editor;
    this.client = client;
  }

  /** `clips` in all, half of them pictures and half sound, on `tracks` of each kind; each of `length` frames cut out of the middle of its shot. */
  static async make(clips: number, tracks: number, shots: number, length = 48): Promise<LongProject> {
    const place = new Place();
    for (let shot = 1; shot <= shots; shot++) makeShot(place.path('footage', `shot_${String(shot).padStart(3, '0')}.mp4`), { shot, frames: 96, width: 640, height: 360 });
    const project = place.path('film.stringout');
    const editor = await ServedEditor.start(place, project);
    const client = editor.client(project);
    await jobOf(client, () => client.call('shots.bringIn', { paths: [join(place.folder, 'footage')] }));
    const ids = (await client.call('project.load', {})).shots.map(({ id }) => id);
    for (let track = 0; track < tracks; track++) {
      await client.call('project.edit', { edit: { kind: 'addTrack', trackKind: 'picture' } });
      await client.call('project.edit', { edit: { kind: 'addTrack', trackKind: 'sound' } });
    }
    const all = (await client.call('project.load', {})).tracks;
    const byKind = (kind: string): number[] => all.filter((track) => track.kind === kind).toSorted((a, b) => a.position - b.position).map(({ id }) => id);
    const pairs = clips / 2 / tracks;
    for (let track = 0; track < tracks; track++) {
      const ranges = Array.from({ length: pairs }, (_, i) => ({ shotId: ids[(i * 7 + track) % ids.length] ?? 0, sourceIn: 20 + (i % 5), length }));
      await client.call('project.edit', {
        edit: { kind: 'place', mode: 'overwrite', at: track * 3, pictureTrackId: byKind('picture')[track] ?? null, soundTrackId: byKind('sound')[track] ?? null, ranges },
      });
    }
    return new LongProject(place, editor, client);
  }

  async open(): Promise<EditorPage> {
    const page = await EditorPage.open(this.editor);
    await page.page.locator('[data-timeline-canvas]').waitFor();
    return page;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.editor[Symbol.asyncDispose]();
    this.place[Symbol.dispose]();
  }
}
