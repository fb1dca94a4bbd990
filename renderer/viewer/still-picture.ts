/**
 * Pictures without a decoder in the page: the frame at the playhead as a still from the host, the newest wanted one only. It shows where one
 * stands; playing is the player's.
 */
import { atRate } from '../../app/domain/rational.ts';
import { pictureAt } from '../session/programme.ts';
import type { Session } from '../session/session.ts';

export class StillPicture {
  readonly #session: Session;
  readonly #canvas: HTMLCanvasElement;
  readonly #offs: readonly (() => void)[];
  #shown: string | null = null;
  #isLoading = false;
  #isStale = false;
  #isDisposed = false;

  constructor(session: Session, canvas: HTMLCanvasElement) {
    this.#session = session;
    this.#canvas = canvas;
    this.#offs = [
      session.playback.moved.on(() => { this.#refresh(); }),
      session.project.subscribe((now, before) => { if (now.state !== before.state) this.#refresh(); }),
    ];
    this.#refresh();
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#offs.forEach((off) => { off(); });
  }

  #refresh(): void {
    this.#isStale = true;
    if (this.#isLoading) return;
    this.#isLoading = true;
    this.#load().catch((error: unknown) => { this.#session.fail(error); }).finally(() => { this.#isLoading = false; });
  }

  async #load(): Promise<void> {
    while (this.#isStale && !this.#isDisposed) {
      this.#isStale = false;
      const address = stillAddress(this.#session, this.#session.playback.frame);
      if (address === this.#shown) continue;
      this.#shown = address;
      const response = address === null ? null : await fetch(address);
      this.#draw(response?.status === 200 ? await createImageBitmap(await response.blob()) : null);
    }
  }

  #draw(picture: ImageBitmap | null): void {
    const context = this.#canvas.getContext('2d');
    if (picture) {
      this.#canvas.width = picture.width;
      this.#canvas.height = picture.height;
      context?.drawImage(picture, 0, 0);
      picture.close();
    } else context?.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
  }
}

/** The picture at a frame of the programme, from its source; null where it is black. */
export function stillAddress(session: Session, frame: number): string | null {
  const { state, host } = session.project.getState();
  const clip = pictureAt(state, frame);
  const media = clip && state.shots.get(clip.shotId)?.media;
  if (!clip || !media || !host) return null;
  const sourceFrame = media.isStill ? 0 : Math.min(media.frames - 1, atRate(clip.sourceIn + frame - clip.start, state.sequence.rate, media.rate));
  return `${host.mediaBase}/shots/${String(clip.shotId)}/still?frame=${String(sourceFrame)}`;
}
